using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Gguf;

internal sealed class GgufReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => ContentKind.Gguf;
}
