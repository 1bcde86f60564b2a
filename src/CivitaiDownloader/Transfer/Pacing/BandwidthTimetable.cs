using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Transfer.Pacing;

/// <summary>What limits the bandwidth at a moment, and until when.</summary>
/// <param name="BytesPerSecond">Null: no limit.</param>
/// <param name="ChangesAt">Local time of the next entry; null when there is none to come.</param>
public readonly record struct BandwidthMoment(long? BytesPerSecond, DateTime? ChangesAt);

/// <summary>
/// A limit, or limits that change with the hour or through the week, as rclone's <c>--bwlimit</c> writes them: <c>off</c>, <c>10M</c>, <c>08:00,512 18:00,off</c>,
/// <c>Mon-08:00,1M Fri-18:00,off</c>. Figures are bytes a second; one without a unit is KiB, as there. Between an entry and its figure stands a comma or a blank.
/// </summary>
public sealed class BandwidthTimetable
{
    /// <summary>What may be written, as it goes on after "allowed is".</summary>
    public const string Forms = "off, a figure such as 512K, 10M or 1.5G in bytes a second (a bare 512 is 512K, as in rclone), or figures with times such as '08:00 1M 18:00 off' or 'Mon-08:00 1M Sun-20:00 off'";

    private const int MinutesInDay = 24 * 60;
    private const int MinutesInWeek = 7 * MinutesInDay;
    private const string Units = "BKMGTPE";
    private const decimal MostBytes = 1L << 60; // a second

    private static readonly SearchValues<char> NumberCharacters = SearchValues.Create("0123456789.");
    private static readonly char[] Separators = [' ', '\t', ',', ';'];
    private static readonly string[] Days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];

    private readonly (int Minute, long? BytesPerSecond)[] _entries; // minutes from Sunday midnight, rising; at least one

    private BandwidthTimetable((int, long?)[] entries) => _entries = entries;

    /// <summary>No limit, ever.</summary>
    public static BandwidthTimetable Off { get; } = new([(0, null)]);

    /// <exception cref="FormatException">It is none; the message names the value and what is allowed.</exception>
    public static BandwidthTimetable Parse(string text) => TryParse(text, out var timetable, out var mistake)
        ? timetable
        : throw new FormatException($"'{VisibleText.OneLine(text, 80)}' is no bandwidth: {mistake}. Allowed is {Forms}.");

    /// <param name="mistake">What is wrong, as a clause; null when nothing is.</param>
    public static bool TryParse(string? text, [NotNullWhen(true)] out BandwidthTimetable? timetable, [NotNullWhen(false)] out string? mistake)
    {
        timetable = null;
        var words = (text ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 1)
        {
            if (!TryFigure(words[0], out var always, out mistake)) return false;
            timetable = new([(0, always)]);
            return true;
        }

        if (words.Length % 2 != 0 || words.Length == 0)
        {
            mistake = words.Length == 0 ? "it is empty" : "each time needs its figure, and each figure its time";
            return false;
        }

        var entries = new SortedDictionary<int, long?>(); // of two entries for one minute the later counts
        for (var at = 0; at < words.Length; at += 2)
        {
            if (!TryMinutes(words[at], out var minutes, out mistake) || !TryFigure(words[at + 1], out var figure, out mistake)) return false;
            foreach (var minute in minutes) entries[minute] = figure;
        }

        timetable = new([.. entries.Select(entry => (entry.Key, entry.Value))]);
        mistake = null;
        return true;
    }

    /// <summary>The limit at <paramref name="local"/> time. Before the week's first entry its last one holds.</summary>
    public BandwidthMoment At(DateTime local)
    {
        var minute = ((int)local.DayOfWeek * MinutesInDay) + (local.Hour * 60) + local.Minute;
        var next = Array.FindIndex(_entries, entry => entry.Minute > minute);
        var holds = _entries[(next < 0 ? _entries.Length : next) - 1 is >= 0 and var before ? before : ^1];
        if (_entries.Length == 1) return new(holds.BytesPerSecond, null);
        var until = next < 0 ? _entries[0].Minute + MinutesInWeek : _entries[next].Minute;
        return new(holds.BytesPerSecond, local.Date.AddMinutes(until - ((int)local.DayOfWeek * MinutesInDay)));
    }

    private static bool TryMinutes(string word, out int[] minutes, [NotNullWhen(false)] out string? mistake)
    {
        minutes = [];
        var dash = word.IndexOf('-', StringComparison.Ordinal);
        if (!TimeOnly.TryParseExact(word.AsSpan(dash + 1), "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
        {
            mistake = $"'{Shown(word)}' is no time from 00:00 to 23:59, with or without a day before it";
            return false;
        }

        var ofDay = (time.Hour * 60) + time.Minute;
        mistake = null;
        if (dash < 0)
        {
            minutes = [.. Enumerable.Range(0, Days.Length).Select(day => (day * MinutesInDay) + ofDay)];
            return true;
        }

        var name = word[..dash];
        var named = Array.FindIndex(Days, day => day.Equals(name, StringComparison.OrdinalIgnoreCase) || day[..3].Equals(name, StringComparison.OrdinalIgnoreCase));
        if (named < 0)
        {
            mistake = $"'{Shown(name)}' is no day from Mon to Sun";
            return false;
        }

        minutes = [(named * MinutesInDay) + ofDay];
        return true;
    }

    private static bool TryFigure(string word, out long? bytesPerSecond, [NotNullWhen(false)] out string? mistake)
    {
        bytesPerSecond = null;
        mistake = null;
        if (word.Equals("off", StringComparison.OrdinalIgnoreCase)) return true;
        if (word.Contains(':', StringComparison.Ordinal))
        {
            mistake = $"'{Shown(word)}' stands where a figure must; a pair for both directions is not taken, since nothing is sent: give the one for what is fetched";
            return false;
        }

        var digits = word.AsSpan().IndexOfAnyExcept(NumberCharacters) is >= 0 and var end ? end : word.Length;
        if (!decimal.TryParse(word.AsSpan(0, digits), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var figure) || Power(word[digits..]) is not { } power)
        {
            mistake = $"'{Shown(word)}' is no figure";
            return false;
        }

        var unit = 1L << (10 * power);
        if (figure > MostBytes / unit)
        {
            mistake = $"'{Shown(word)}' is too large";
            return false;
        }

        var bytes = figure * unit;
        if (bytes is > 0 and < 1)
        {
            mistake = $"'{Shown(word)}' is less than a byte a second";
            return false;
        }

        bytesPerSecond = bytes == 0 ? null : (long)bytes; // 0 is off, as in rclone
        return true;
    }

    // K, Ki and KiB are the same, as are those of the other units; without one it is K.
    private static int? Power(string unit)
    {
        if (unit.Length == 0) return 1;
        var power = Units.IndexOf(char.ToUpperInvariant(unit[0]));
        if (power < 0) return null;
        var rest = unit[1..];
        return rest.Length == 0 || (power > 0 && (rest.Equals("i", StringComparison.OrdinalIgnoreCase) || rest.Equals("iB", StringComparison.OrdinalIgnoreCase))) ? power : null;
    }

    private static string Shown(string word) => VisibleText.OneLine(word, 40);
}
