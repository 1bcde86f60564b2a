using System.Text;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Templates;

/// <summary>Judges a chat template by the names its code uses. It is never rendered.</summary>
internal static class TemplateInspection
{
    private const int MaxBytes = 512 << 10; // the longest in use have 30 KiB

    /// <summary>Reads a template of <paramref name="length"/> bytes where the reader stands.</summary>
    public static void Run(SourceReader reader, long length, ScanItem item, ScanState state, long offset, string element)
    {
        if (length > MaxBytes)
        {
            state.Report(CoreRules.Limit, item, $"a template of {length} bytes", offset, element);
            reader.Skip(length);
            return;
        }

        Run(Encoding.UTF8.GetString(reader.ReadBytes(length)), item, state, offset, element);
    }

    /// <param name="element">The key it stands under; null when the file itself is the template.</param>
    public static void Run(string template, ScanItem item, ScanState state, long? offset = null, string? element = null)
    {
        if (template.Length > MaxBytes)
        {
            state.Report(CoreRules.Limit, item, $"a template of {template.Length} characters", offset, element);
            return;
        }

        var tokens = TemplateLexer.Tokens(template);
        if (tokens.Count == 0) return;
        if (TemplateJudge.FindEscape(tokens) is { } escape) state.Report(TemplateRules.Escape, item, $"it uses {escape}", offset, element);
        else if (TemplateIndirections.Find(tokens) is { } indirect) state.Report(TemplateRules.IndirectAccess, item, $"it uses {indirect}", offset, element);
        else if (TemplateJudge.FindEngineObject(tokens) is { } engine) state.Report(TemplateRules.EngineObject, item, $"it looks into {engine}", offset, element);
        if (TemplateJudge.FindLoading(tokens) is { } loading) state.Report(TemplateRules.LoadsTemplate, item, $"it has the statement {loading}", offset, element);
    }

    /// <summary>Any text of settings may be rendered by the program that reads it. What climbs out is told even where nothing says that it is a template; all else is ordinary there.</summary>
    public static void RunUnlessPlain(string text, ScanItem item, ScanState state, long? offset, string element)
    {
        if (LooksLikeOne(text) && TemplateJudge.FindEscape(TemplateLexer.Tokens(text), spelledOut: true) is { } escape) state.Report(TemplateRules.Escape, item, $"it uses {escape}", offset, element);
    }

    private static bool LooksLikeOne(string text) => text.Contains("__", StringComparison.Ordinal) && (text.Contains("{{", StringComparison.Ordinal) || text.Contains("{%", StringComparison.Ordinal));
}
