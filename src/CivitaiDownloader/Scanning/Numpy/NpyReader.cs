using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Numpy;

internal sealed class NpyReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => ContentKind.Npy;
}
