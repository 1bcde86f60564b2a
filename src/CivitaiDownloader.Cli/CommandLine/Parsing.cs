using System.CommandLine.Parsing;
using System.Globalization;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.CommandLine;

/// <summary>Reads single words of the command line, with errors that name the word and what is allowed.</summary>
internal static class Parsing
{
    /// <summary>A count of at least one.</summary>
    public static long? Count(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) && count >= 1) return count;
        result.AddError($"'{VisibleText.OneLine(text, 40)}' is not a limit: give a whole number from 1 on, or leave --limit out for the default.");
        return null;
    }

    /// <summary>One of a few words, whatever its case; spaces may be typed as hyphens.</summary>
    public static Func<ArgumentResult, string?> OneOf(string what, IReadOnlyList<string> allowed) => result =>
    {
        var text = result.Tokens[0].Value;
        var found = allowed.FirstOrDefault(word => Plain(word) == Plain(text));
        if (found is not null) return found;
        var near = NearMisses.Nearest(text, allowed) is { } nearest ? $" (did you mean '{nearest}'?)" : "";
        result.AddError($"'{VisibleText.OneLine(text, 40)}' is not a {what}{near}: give one of {string.Join(", ", allowed)}.");
        return null;
    };

    /// <summary>An empty path, as from a variable that is not set, is no folder.</summary>
    public static void RefuseEmpty(ArgumentResult result)
    {
        if (result.Tokens.Any(token => string.IsNullOrWhiteSpace(token.Value))) result.AddError("A path is empty: name a file or a folder.");
    }

    private static string Plain(string text) => text.Replace("-", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();
}
