using System.CommandLine.Parsing;
using System.Globalization;
using System.Text.RegularExpressions;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Search;

/// <summary>A point in time as people write it: a date, or so long ago.</summary>
internal abstract partial record Moment
{
    private const int MostUnits = 10_000;

    /// <summary>A date alone is its first moment in UTC.</summary>
    public static Moment? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value.Trim();
        if (ReadAgo(text) is { } ago) return ago;
        if (DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm", "yyyy-MM-ddTHH:mmK", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.fffK"],
            CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)) return new At(instant);
        result.AddError($"'{VisibleText.OneLine(text, 40)}' is not a date: give it as 2026-01-31 or 2026-01-31T12:00Z, or how long ago, as 30d, 2w, 6m or 1y.");
        return null;
    }

    /// <summary>A span only.</summary>
    public static Moment? ParseAgo(ArgumentResult result)
    {
        var text = result.Tokens[0].Value.Trim();
        if (ReadAgo(text) is { } ago) return ago;
        result.AddError($"'{VisibleText.OneLine(text, 40)}' is not a span of time: give 12h, 30d, 2w, 6m (months) or 1y.");
        return null;
    }

    public abstract DateTimeOffset Resolve(DateTimeOffset now);

    private static Ago? ReadAgo(string text) => AgoForm().Match(text) is { Success: true } match
        && int.TryParse(match.Groups[1].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var amount) && amount is > 0 and <= MostUnits
        ? new(amount, char.ToLowerInvariant(match.Groups[2].Value[0]))
        : null;

    private sealed record At(DateTimeOffset Instant) : Moment
    {
        public override DateTimeOffset Resolve(DateTimeOffset now) => Instant;
    }

    private sealed record Ago(int Amount, char Unit) : Moment
    {
        public override DateTimeOffset Resolve(DateTimeOffset now) => Unit switch
        {
            'h' => now.AddHours(-Amount),
            'd' => now.AddDays(-Amount),
            'w' => now.AddDays(-7L * Amount),
            'm' => now.AddMonths(-Amount),
            _ => now.AddYears(-Math.Min(Amount, now.Year - 1)),
        };
    }

    [GeneratedRegex("^([0-9]{1,5}) ?([hdwmy])$", RegexOptions.IgnoreCase)]
    private static partial Regex AgoForm();
}
