using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Media;

internal sealed class PngReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => ContentKind.Png;
}
