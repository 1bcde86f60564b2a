using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Texts;

/// <summary>Whether bytes are text, and what a program would take the text for.</summary>
internal static class TextShape
{
    /// <returns>Null when they are no text.</returns>
    public static ContentKind? Of(ScanSource source)
    {
        // A system runs what begins so, whatever comes behind it: installers carry their archive there.
        if (ScriptLanguage.HasInterpreter(source.Peek(0, 64))) return ContentKind.Script;
        if (TextEncoding.Of(source) is not { } encoding) return null;
        var text = TextWindows.Head(source, encoding);
        if (MarkupShape.Of(text) is { } markup) return markup;
        if (JsonShape.IsOne(text)) return ContentKind.Json;
        if (ScriptLanguage.Of(text) is not null) return ContentKind.Script;
        return YamlShape.IsOne(text) ? ContentKind.Yaml : ContentKind.Text;
    }
}
