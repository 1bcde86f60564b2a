using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Pickles;

internal sealed class PickleReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => ContentKind.Pickle;
}
