using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Media;

internal sealed class IsoReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => ContentKind.Iso;
}
