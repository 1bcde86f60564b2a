using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Texts;

/// <summary>Pages and drawings: harmless while nothing in them acts.</summary>
internal sealed class HtmlReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state)
    {
        if (TextEncoding.Of(item.Source) is { } encoding && MarkupShape.Of(TextWindows.Head(item.Source, encoding)) == ContentKind.Svg)
        {
            ActiveDrawing.Check(item, state);
            return ContentKind.Svg;
        }

        if (item.Extension == ".hta") ActiveMarkup.Report(item, state, "the rights of a program, by its name");
        else ActiveMarkup.Check(item, state);
        return ContentKind.Html;
    }
}
