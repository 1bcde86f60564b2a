using System.Net;
using System.Text.RegularExpressions;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Texts;

/// <summary>What makes a page do something when it is opened: scripts, handlers of events, embedded objects, frames, redirections.</summary>
internal static partial class ActiveMarkup
{
    private const int ShownCharacters = 40;

    public static void Check(ScanItem item, ScanState state)
    {
        if (TextEncoding.Of(item.Source) is not { } encoding) throw new UnreadableException("a page that is no text", 0);
        foreach (var window in TextWindows.All(item.Source, encoding))
        {
            state.CancellationToken.ThrowIfCancellationRequested();
            if (Find(window) is not { } found) continue;
            Report(item, state, found);
            return;
        }
    }

    public static void Report(ScanItem item, ScanState state, string element)
    {
        if (NamePromises.IsModel(item.Extension)) state.Report(TextRules.DisguisedActivePage, item, $"a page with {element} under a name that ends in {item.Extension}", 0, element);
        else state.Report(TextRules.ActivePage, item, $"a page with {element}", 0, element);
    }

    private static string? Find(string window)
    {
        var active = Active().Match(window);
        if (active.Success) return active.Value[Math.Max(0, active.Value.Length - ShownCharacters)..].Trim(' ', '<', '\t', '\r', '\n', '/', '"', '\'').ToLowerInvariant();

        // Letters of an address may be written as references, and with line ends between them.
        return window.Contains('&') && Scheme().IsMatch(WebUtility.HtmlDecode(window)) ? "javascript:" : null;
    }

    [GeneratedRegex(@"<(?:[\w-]+:)?(?:script|iframe|frame|object|embed|applet|portal)\b|<hta:application|<meta[^>]{0,200}http-equiv\s*=\s*['""]?\s*refresh|<[a-z][^<>]{0,900}[\s""'/]on[a-z]{3,30}\s*=|[\s""'/]on[a-z]{3,30}\s*=\s*(?:['""]|[a-z]\w*\()|(?:java|vb)script\s*:|data\s*:\s*text/html|\bsrcdoc\s*=", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Active();

    [GeneratedRegex(@"(?:j\s*a\s*v\s*a|v\s*b)\s*s\s*c\s*r\s*i\s*p\s*t\s*:", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Scheme();
}
