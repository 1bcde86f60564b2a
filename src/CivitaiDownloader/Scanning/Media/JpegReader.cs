using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Media;

internal sealed class JpegReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => ContentKind.Jpeg;
}
