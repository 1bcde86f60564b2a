using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Archives;

internal sealed class RarReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => ContentKind.Rar;
}
