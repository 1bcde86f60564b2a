using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Texts;

internal sealed class YamlReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => ContentKind.Yaml;
}
