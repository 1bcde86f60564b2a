using System.Globalization;
using System.Text;

namespace CivitaiDownloader.Cli.Rendering;

/// <summary>Text broken into lines that fit, at blanks; inside a word only where it is wider than a line, and never inside an address, which is copied whole.</summary>
internal static class Wrapped
{
    public static IEnumerable<string> Lines(string text, int cells)
    {
        var line = new StringBuilder();
        var used = 0;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            foreach (var (piece, width, startsWord) in Pieces(word, cells))
            {
                var gap = startsWord && used > 0 ? 1 : 0;
                if (used > 0 && used + gap + width > cells)
                {
                    yield return line.ToString();
                    line.Clear();
                    (used, gap) = (0, 0);
                }

                if (gap > 0) line.Append(' ');
                line.Append(piece);
                used += gap + width;
            }
        }

        if (used > 0) yield return line.ToString();
    }

    // A word as it is; one that is too wide (CJK has no blanks) as its characters.
    private static IEnumerable<(string Piece, int Width, bool StartsWord)> Pieces(string word, int cells)
    {
        var width = DisplayText.Width(word);
        if (width <= cells || word.Contains("://", StringComparison.Ordinal))
        {
            yield return (word, width, true);
            yield break;
        }

        var elements = StringInfo.GetTextElementEnumerator(word);
        for (var isFirst = true; elements.MoveNext(); isFirst = false)
        {
            var element = elements.GetTextElement();
            yield return (element, DisplayText.Width(element), isFirst);
        }
    }
}
