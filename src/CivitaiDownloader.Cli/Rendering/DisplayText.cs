using System.Globalization;
using System.Text;
using CivitaiDownloader.Primitives;
using Wcwidth;

namespace CivitaiDownloader.Cli.Rendering;

/// <summary>Text measured in the cells a terminal gives it: two for most CJK and emoji, none for marks.</summary>
internal static class DisplayText
{
    public static int Width(string text)
    {
        var width = 0;
        foreach (var cluster in Clusters(text)) width += ClusterWidth(cluster);
        return width;
    }

    /// <summary>Exactly <paramref name="cells"/> wide: cut with an ellipsis, or filled with spaces.</summary>
    public static string Fit(string text, int cells) => Pad(Cut(text, cells), cells);

    public static string Pad(string text, int cells) => text + new string(' ', Math.Max(0, cells - Width(text)));

    public static string PadLeft(string text, int cells) => new string(' ', Math.Max(0, cells - Width(text))) + text;

    /// <summary>At most <paramref name="cells"/> wide.</summary>
    public static string Cut(string text, int cells)
    {
        if (Width(text) <= cells) return text;
        var kept = new StringBuilder();
        var width = 1; // of the ellipsis
        foreach (var cluster in Clusters(text))
        {
            width += ClusterWidth(cluster);
            if (width > cells) break;
            kept.Append(cluster);
        }

        return kept.Append('…').ToString();
    }

    /// <summary>At most <paramref name="cells"/> wide, its end kept: for paths, whose end tells them apart.</summary>
    public static string CutStart(string text, int cells)
    {
        if (Width(text) <= cells) return text;
        var clusters = Clusters(text).ToArray();
        var from = clusters.Length;
        for (var width = 1; from > 0 && (width += ClusterWidth(clusters[from - 1])) <= cells;) from--;
        return "…" + string.Concat(clusters[from..]);
    }

    /// <summary>At most <paramref name="cells"/> wide, a third of its start and two thirds of its end kept: names differ in their ends more often than between.</summary>
    public static string CutMiddle(string text, int cells)
    {
        if (Width(text) <= cells || cells < 4) return CutStart(text, cells);
        var clusters = Clusters(text).ToArray();
        var start = 0;
        for (var width = 0; (width += ClusterWidth(clusters[start])) <= (cells - 1) / 3;) start++;
        var head = string.Concat(clusters[..start]);
        return head + CutStart(string.Concat(clusters[start..]), cells - Width(head));
    }

    /// <summary>Text from outside on one line, made harmless.</summary>
    public static string Harmless(string? text) => text is null ? "" : VisibleText.OneLine(text, 400);

    public static IEnumerable<string> Clusters(string text)
    {
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext()) yield return elements.GetTextElement();
    }

    // A sequence joined to one picture is drawn as one: it is as wide as its widest member. U+FE0F asks for the wide picture.
    private static int ClusterWidth(string cluster)
    {
        var widest = 0;
        foreach (var rune in cluster.EnumerateRunes())
        {
            if (rune.Value == 0xFE0F) widest = 2;
            else widest = Math.Max(widest, Math.Max(0, UnicodeCalculator.GetWidth(rune.Value)));
        }

        return widest;
    }
}
