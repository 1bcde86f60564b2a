using System.Text.RegularExpressions;

namespace CivitaiDownloader.Scanning.Texts;

/// <summary>Whether a text is YAML: it says so, or each line that is not indented is a key, a list entry or a comment.</summary>
internal static partial class YamlShape
{
    private const int LinesLookedAt = 500, LongestLine = 400;

    public static bool IsOne(string text)
    {
        var (keys, started) = (0, false);
        var lines = 0;
        foreach (var whole in text.AsSpan().EnumerateLines())
        {
            if (++lines > LinesLookedAt) break;
            var line = whole.TrimEnd();
            if (line.IsEmpty || line[0] is '#') continue;
            if (!started && (line.StartsWith("%YAML") || line.StartsWith("%TAG") || line.StartsWith("!!") || line.StartsWith("!<") || Tag().IsMatch(line[..Math.Min(line.Length, LongestLine)]))) return true;
            started = true;
            if (line[0] is ' ' or '\t' && keys > 0) continue;
            if (line.SequenceEqual("---") || line.StartsWith("--- ") || line.SequenceEqual("...") || line.StartsWith("- ") || line.SequenceEqual("-") || line[0] is ']' or '}') continue;
            if (!Key().IsMatch(line[..Math.Min(line.Length, LongestLine)])) return false;
            keys++;
        }

        return keys > 0;
    }

    // An exclamation mark alone stands before directives of other files as well.
    [GeneratedRegex(@"\A![\w.-]*[/:!%][^\s]*(?:\s|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex(@"\A(?:[\w.$<][\w.$/<@-]*|""[^""]{1,200}""|'[^']{1,200}')\s?:(?:\s|\z)", RegexOptions.CultureInvariant)]
    private static partial Regex Key();
}
