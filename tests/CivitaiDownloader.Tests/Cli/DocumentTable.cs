using System.Text.RegularExpressions;

namespace CivitaiDownloader.Tests.Cli;

/// <summary>Tables of docs/formats/json-output.md.</summary>
internal static partial class DocumentTable
{
    /// <summary>The property names in the first column of the table with this head.</summary>
    public static string[] Names(string head)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs", "formats", "json-output.md"));
        var rows = text[text.IndexOf($"| {head} |", StringComparison.Ordinal)..].Split("\n\n")[0].Split('\n').Skip(2);
        return [.. rows.SelectMany(row => Code().Matches(row.Split('|')[1]).Select(match => match.Groups[1].Value))];
    }

    [GeneratedRegex("`([A-Za-z0-9]+)`")]
    private static partial Regex Code();
}
