using System.Text;
using CivitaiDownloader.Catalog;

namespace CivitaiDownloader.Jobs.Sources;

/// <summary>One target a line. What follows <c># </c> at the start or behind a blank is a comment.</summary>
internal sealed class TextTargets(TargetParser parser, List<ListedTarget> found, List<ListMistake> mistakes)
{
    private const int MostCharacters = 8_192; // of a line: a path may be long, a binary file has none

    public async Task ReadAsync(Stream input, CancellationToken cancellationToken)
    {
        using var reader = new StreamReader(input, Encoding.UTF8);
        for (long number = 1; await reader.ReadLineAsync(cancellationToken) is { } line; number++)
        {
            if (line.Length > MostCharacters || line.Contains('\0'))
            {
                mistakes.Add(new(number, "this is no list of targets: give one a line"));
                return;
            }

            Read(WithoutComment(line), number);
        }
    }

    private void Read(string line, long number)
    {
        if (line.Length == 0) return;
        try
        {
            found.Add(new(parser.Parse(line), TargetText.WithoutSecrets(line), number));
        }
        catch (FormatException mistake)
        {
            mistakes.Add(new(number, mistake.Message));
        }
    }

    private static string WithoutComment(string line)
    {
        var text = line.Trim();
        if (text.StartsWith('#')) return "";
        var mark = text.IndexOf(" # ", StringComparison.Ordinal);
        return mark < 0 || File.Exists(text) ? text : text[..mark].TrimEnd();
    }
}
