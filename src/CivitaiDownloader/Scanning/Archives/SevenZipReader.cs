using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Archives;

internal sealed class SevenZipReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => ContentKind.SevenZip;
}
