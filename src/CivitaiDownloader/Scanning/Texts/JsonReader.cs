using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Texts;

internal sealed class JsonReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => ContentKind.Json;
}
