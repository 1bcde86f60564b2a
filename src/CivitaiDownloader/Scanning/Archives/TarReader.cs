using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Archives;

internal sealed class TarReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => ContentKind.Tar;
}
