using System.Text;
using System.Text.RegularExpressions;
using CivitaiDownloader.Catalog;

namespace CivitaiDownloader.Jobs.Sources;

/// <summary>
/// One target a line. What follows <c># </c> at the start or behind a blank is a comment. Also the lines of <c>search --format simple</c>, a model's number, a
/// tab and its name, and a table whose first line is its row of names.
/// </summary>
internal sealed partial class TextTargets(TargetParser parser, ListFindings findings)
{
    private const int MostCharacters = 8_192; // of a line: a path may be long, a binary file has none

    public async Task ReadAsync(Stream input, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(input, Encoding.UTF8);
        var isFirst = true;
        for (long number = 1; await reader.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            if (line.Length > MostCharacters || line.Contains('\0'))
            {
                findings.Break(number, "this is no list of targets: give one a line");
                return;
            }

            var text = WithoutComment(line);
            if (text.Length == 0) continue;
            if (isFirst && CsvTargets.IsHeader(text))
            {
                await new CsvTargets(parser, findings).ReadAsync(text, reader, number, cancellationToken);
                return;
            }

            isFirst = false;
            findings.Parse(parser, NumberAndName().Match(line) is { Success: true } simple ? $"model:{simple.Groups[1].Value}" : text, number);
            if (findings.IsHopeless) return;
        }
    }

    // The number is a model's: alone it might be a version's as well. Whatever the name is, it is no part of the target.
    [GeneratedRegex(@"^\uFEFF?([0-9]+)\t")]
    private static partial Regex NumberAndName();

    private static string WithoutComment(string line)
    {
        var text = line.Trim();
        if (text.StartsWith('#')) return "";
        var mark = text.IndexOf(" # ", StringComparison.Ordinal);
        return mark < 0 || File.Exists(text) ? text : text[..mark].TrimEnd();
    }
}
