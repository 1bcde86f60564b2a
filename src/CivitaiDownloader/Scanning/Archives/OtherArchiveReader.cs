using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Archives;

internal sealed class OtherArchiveReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => ContentKind.OtherArchive;
}
