using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Scanning;

namespace CivitaiDownloader.Cli.Scan;

/// <summary>The words and colours of verdicts and findings.</summary>
internal static class ScanWords
{
    public static string Of(Verdict verdict) => verdict.ToString().ToLowerInvariant();

    public static string Of(Severity severity) => severity.ToString().ToLowerInvariant();

    public static string Of(Certainty certainty) => certainty.ToString().ToLowerInvariant();

    public static string Colored(Verdict verdict, string text, Ink ink) => verdict switch
    {
        Verdict.Clean => ink.Good(text),
        Verdict.Dangerous => ink.Bad(text),
        _ => ink.Warn(text),
    };

    public static string Colored(Severity severity, string text, Ink ink) => severity switch
    {
        Severity.Note => ink.Faint(text),
        Severity.Dangerous => ink.Bad(text),
        _ => ink.Warn(text),
    };

    /// <summary>Where it is: the way into archives, the byte there, and what stands at it. Empty when it is about the whole file.</summary>
    public static string Place(Finding finding)
    {
        var isWhole = finding is { Offset: null or 0, Element: null }; // that it begins at its beginning says nothing
        string?[] parts = [finding.Member is { } member ? DisplayText.Harmless(member) : null, isWhole || finding.Offset is not { } offset ? null : $"byte {Quantity.Number(offset)}", finding.Element is { } element ? DisplayText.Harmless(element) : null];
        return string.Join(", ", parts.Where(part => part is not null));
    }

    /// <summary>Place and message in one.</summary>
    public static string Told(Finding finding) => Place(finding) is { Length: > 0 } place ? $"{place}: {DisplayText.Harmless(finding.Message)}" : DisplayText.Harmless(finding.Message);
}
