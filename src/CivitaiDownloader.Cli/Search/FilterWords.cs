using System.CommandLine.Parsing;
using System.Globalization;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Search;

/// <summary>Reads the values of single filters, with errors that name the value and what is allowed.</summary>
internal static class FilterWords
{
    public static Func<ArgumentResult, long?> Number(string option) => result =>
    {
        var text = result.Tokens[0].Value;
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= 0) return number;
        result.AddError($"'{VisibleText.OneLine(text, 40)}' is no number for {option}: give a whole number from 0 on.");
        return null;
    };

    /// <summary><c>0.95</c> or <c>95%</c>.</summary>
    public static double? Ratio(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var isPercent = text.EndsWith('%');
        if (double.TryParse(isPercent ? text[..^1] : text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var value))
        {
            if (isPercent) value /= 100;
            if (value is >= 0 and <= 1) return value;
        }

        result.AddError($"'{VisibleText.OneLine(text, 40)}' is no ratio: give a share from 0 to 1, such as 0.95, or 95%.");
        return null;
    }

    public static long? Size(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (ByteSize.TryParse(text, out var bytes)) return bytes;
        result.AddError($"'{VisibleText.OneLine(text, 40)}' is no size: give it as 300MB, 1.5GiB or a number of bytes.");
        return null;
    }

    /// <summary>Words of a closed list, repeated or with commas between, whatever their case; near misses are named.</summary>
    public static Func<ArgumentResult, string[]> AnyOf(string what, IReadOnlyList<string> allowed, params (string Typed, string Meant)[] aliases) => result =>
    {
        var words = new List<string>();
        foreach (var text in result.Tokens.SelectMany(token => Split(token.Value)))
        {
            var meant = aliases.FirstOrDefault(alias => Plain(alias.Typed) == Plain(text)).Meant ?? allowed.FirstOrDefault(word => Plain(word) == Plain(text));
            if (meant is not null)
            {
                words.Add(meant);
                continue;
            }

            var near = NearMisses.Of(text, allowed, 1);
            result.AddError($"'{VisibleText.OneLine(text, 40)}' is no {what}{(near.Count == 0 ? "" : $" (did you mean '{near[0]}'?)")}: there are {string.Join(", ", allowed)}.");
        }

        return [.. words.Distinct()];
    };

    public static string[] Split(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public static string Plain(string text) => new([.. text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
