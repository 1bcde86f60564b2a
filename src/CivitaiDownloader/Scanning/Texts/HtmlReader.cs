using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Texts;

internal sealed class HtmlReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state) => ContentKind.Html;
}
