using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Media;

internal sealed class RiffReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => ContentKind.Riff;
}
