using System.Globalization;
using System.Text.Json;
using CivitaiDownloader.Audit;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Cli.Scan;
using CivitaiDownloader.Scanning;

namespace CivitaiDownloader.Cli.Audit;

/// <summary>Records, a row each, printed as they come. A verdict shows its word, anything else its kind.</summary>
internal sealed class AuditTable(Screen screen)
{
    private const int Number = 7, Time = 19, What = 10, Gap = 2;

    // What a narrow terminal does without: the facts, then the time.
    private readonly bool _time = screen.Width >= 64, _facts = screen.Width >= 100;

    public long Rows { get; private set; }

    public void Write(AuditRecord record)
    {
        if (Rows++ == 0) screen.Output.WriteLine(screen.Ink.Strong(Line("RECORD", "TIME (UTC)", "WHAT".PadRight(What), "FILE", "FACTS")));
        using var facts = Parse(record.Facts);
        var verdict = record.Kind == "verdict" ? Text(facts, "verdict") : null;
        var shown = DisplayText.Fit(DisplayText.Harmless(verdict ?? record.Kind), What);
        if (Enum.TryParse<Verdict>(verdict, ignoreCase: true, out var known)) shown = ScanWords.Colored(known, shown, screen.Ink);
        screen.Output.WriteLine(Line(record.Sequence.ToString(CultureInfo.InvariantCulture), record.At.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), shown,
            record.Path is null ? "-" : DisplayText.Harmless(record.Path), verdict is null ? DisplayText.Harmless(record.Facts) : Findings(facts)));
    }

    private string Line(string number, string time, string what, string file, string facts)
    {
        var gap = new string(' ', Gap);
        var rest = screen.Width - Number - Gap - What - Gap - (_time ? Time + Gap : 0);
        var width = _facts ? (rest - Gap) * 3 / 5 : rest;
        var line = $"{number.PadLeft(Number)}{gap}{(_time ? time.PadRight(Time) + gap : "")}{what}{gap}";
        return (_facts ? $"{line}{DisplayText.Pad(DisplayText.CutMiddle(file, width), width)}{gap}{DisplayText.Cut(facts, rest - width - Gap)}" : line + DisplayText.CutMiddle(file, width)).TrimEnd();
    }

    private static string Findings(JsonDocument? facts)
    {
        if (Text(facts, "error") is { } error) return DisplayText.Harmless(error);
        if (facts is null || !facts.RootElement.TryGetProperty("findings", out var findings) || findings.ValueKind != JsonValueKind.Array) return "";
        return DisplayText.Harmless(string.Join(", ", findings.EnumerateArray().Where(rule => rule.ValueKind == JsonValueKind.String).Select(rule => rule.GetString())));
    }

    private static string? Text(JsonDocument? facts, string name) => facts is not null && facts.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    // A damaged record is shown all the same.
    private static JsonDocument? Parse(string facts)
    {
        try
        {
            var document = JsonDocument.Parse(facts);
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
        }
        catch (JsonException)
        {
            // Nothing of it is understood.
        }

        return null;
    }
}
