using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Media;

internal sealed class GifReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => ContentKind.Gif;
}
