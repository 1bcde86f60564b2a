using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Media;

internal sealed class Mp3Reader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => ContentKind.Mp3;
}
