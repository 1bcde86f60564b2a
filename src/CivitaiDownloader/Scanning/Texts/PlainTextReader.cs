using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;
using CivitaiDownloader.Scanning.Templates;

namespace CivitaiDownloader.Scanning.Texts;

/// <summary>Text is harmless, except where its name gives it to a program that runs it.</summary>
internal sealed class PlainTextReader : IContentReader
{
    private static readonly YamlReader Yaml = new();

    public ContentKind Read(ScanItem item, ScanState state)
    {
        if (ScriptNames.Run(item.Extension)) state.Report(TextRules.Script, item, $"text that runs when it is opened, because its name ends in {item.Extension}", 0);
        else if (item.Extension is ".html" or ".htm" or ".xhtml" or ".xht" or ".shtml" or ".mht" or ".mhtml" or ".svg" || IsPageInXml(item)) ActiveMarkup.Check(item, state);
        else if (item.Extension is ".yaml" or ".yml") Yaml.Read(item, state);
        else if (item.Extension is ".jinja" or ".jinja2" or ".j2") Template(item, state);
        return ContentKind.Text;
    }

    // Browsers show XML as a page when it uses the names of one; feeds only quote pages.
    private static bool IsPageInXml(ScanItem item) =>
        item.Extension == ".xml" && TextEncoding.Of(item.Source) is { } encoding
        && TextWindows.All(item.Source, encoding).Any(window => window.Contains("www.w3.org/1999/xhtml", StringComparison.Ordinal) || window.Contains("www.w3.org/2000/svg", StringComparison.Ordinal));

    private static void Template(ScanItem item, ScanState state)
    {
        using var reader = new SourceReader(item.Source);
        TemplateInspection.Run(reader, reader.Length, item, state, 0, item.Extension);
    }
}
