using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Archives;

internal sealed class CompressedReader(ContentKind kind) : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => kind;
}
