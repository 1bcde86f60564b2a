using System.Text.RegularExpressions;

namespace CivitaiDownloader.Cli.Rendering;

/// <summary>A sentence on lines of a terminal, broken at blanks only: paths, hashes and addresses stay whole, to be copied. Colours in it take no room.</summary>
internal static partial class Flow
{
    private const char Glue = '\u00A0'; // text from outside never holds one: VisibleText makes it a blank

    private const int Least = 16;

    /// <param name="cells">Null where nobody sees lines end: in a pipe a sentence is one line.</param>
    /// <param name="hang">How far the lines after the first are indented beyond its own blanks.</param>
    public static IEnumerable<string> Lines(string text, int? cells, int hang = 0)
    {
        if (cells is not { } most || Width(text) <= most) return [text.Replace(Glue, ' ')];
        var own = text.Length - text.TrimStart(' ').Length;
        return Break(text.TrimStart(' '), own, own + hang, most).Select(line => line.Replace(Glue, ' '));
    }

    private static IEnumerable<string> Break(string text, int first, int rest, int cells)
    {
        var line = new string(' ', first);
        var isEmpty = true;
        foreach (var word in text.Split(' '))
        {
            if (!isEmpty && Width(line) + 1 + Width(word) > Math.Max(cells, rest + Least))
            {
                yield return line.TrimEnd(' ');
                line = new string(' ', rest);
                isEmpty = true;
            }

            line += isEmpty ? word : " " + word;
            isEmpty = false;
        }

        yield return line;
    }

    /// <summary>What must stay on one line though it has blanks: a size, a command to copy.</summary>
    public static string Together(string text) => text.Replace(' ', Glue);

    private static int Width(string text) => DisplayText.Width(Colours().Replace(text, ""));

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Colours();
}
