using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Texts;

/// <summary>Holds a script against its name: what it does is not judged, only whether one is to be expected there.</summary>
internal sealed class ScriptReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state)
    {
        var head = TextEncoding.Of(item.Source) is { } encoding ? TextWindows.Head(item.Source, encoding) : "#!/";
        if (IsDocument(item.Extension) && ScriptBeginnings.Of(head) is null) return ContentKind.Text;
        var language = ScriptLanguage.Of(head) ?? "a script";
        if (NamePromises.Allow(item.Extension, ContentKind.Script)) state.Report(TextRules.Script, item, language, 0);
        else state.Report(TextRules.DisguisedScript, item, $"{language} under a name that ends in {item.Extension}", 0);
        return ContentKind.Script;
    }

    // Nothing runs them, and what they explain is often commands.
    private static bool IsDocument(string extension) => extension is ".md" or ".markdown" or ".rst" or ".adoc" or ".tex";
}
