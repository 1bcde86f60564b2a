using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Texts;

internal sealed class ScriptReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => ContentKind.Script;
}
