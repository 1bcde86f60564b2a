using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Media;

internal sealed class MatroskaReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => ContentKind.Matroska;
}
