using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Programs;

internal sealed class OleReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => ContentKind.Ole;
}
