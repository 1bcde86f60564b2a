using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Archives;

internal sealed class ZipReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => ContentKind.Zip;
}
