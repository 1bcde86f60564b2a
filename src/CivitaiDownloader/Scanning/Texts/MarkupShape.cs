using System.Text.RegularExpressions;
using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Texts;

/// <summary>Whether a text is a page or a drawing, by its first element. Readmes that begin with a centred paragraph are neither.</summary>
internal static partial class MarkupShape
{
    private const int PrologueCharacters = 16 * 1024;

    public static ContentKind? Of(string text)
    {
        var start = text.AsSpan(0, Math.Min(text.Length, PrologueCharacters)).TrimStart();
        if (start.IsEmpty || start[0] != '<') return null;
        var prologue = start.ToString();
        var first = FirstElement().Match(prologue);
        if (!first.Success) return null;
        return first.Groups["name"].Value.ToLowerInvariant() switch
        {
            "svg" => ContentKind.Svg,
            "html" or "head" or "body" or "script" or "iframe" or "object" or "embed" or "meta" or "title" or "style" or "base" or "frameset" => ContentKind.Html,
            "job" or "package" or "component" or "scriptlet" => text.Contains("<script", StringComparison.OrdinalIgnoreCase) ? ContentKind.Html : null, // Windows script files
            _ => first.Groups["page"].Success ? ContentKind.Html : null,
        };
    }

    // A declaration, comments and document types may stand in front of it; a type of html makes a page of anything.
    [GeneratedRegex(@"\A(?:\s+|<\?(?>[^>]*)>|<!--(?>(?:[^-]|-(?!->))*)-->|(?<page><!doctype\s+html\b(?>[^>]*)>)|<!doctype(?>[^\[>]*)(?:\[(?>[^\]]*)\]\s*)?>)*(?:<(?:[\w.-]+:)?(?<name>[\w-]+)|(?(page)|\z))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FirstElement();
}
