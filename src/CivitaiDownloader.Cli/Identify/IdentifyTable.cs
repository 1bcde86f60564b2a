using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Identifying;

namespace CivitaiDownloader.Cli.Identify;

/// <summary>Files and what they are, in rows that fit the terminal. A file that several versions share has a row for each.</summary>
internal sealed class IdentifyTable(Screen screen)
{
    private const int Target = 16, Type = 14, Base = 12, Gap = 2;

    // What a narrow terminal does without, in this order; the file and what to call it by always stay.
    private readonly bool _base = screen.Width >= 100, _type = screen.Width >= 84, _version = screen.Width >= 64, _model = screen.Width >= 56;

    public void Write(IReadOnlyCollection<IdentifyOutcome> outcomes)
    {
        if (outcomes.Count == 0) return;
        screen.Output.WriteLine(screen.Ink.Strong(Line("FILE", "MODEL", "VERSION", "TYPE", "BASE", "TARGET")));
        var names = new DistinctCuts(outcomes.Select(Name), FileWidth);
        foreach (var outcome in outcomes) Write(outcome, names[Name(outcome)]);
        screen.Output.Flush();
    }

    private int Rest => screen.Width - Target - Gap - (_model ? Gap : 0) - (_type ? Type + Gap : 0) - (_base ? Base + Gap : 0) - (_version ? Gap : 0);

    private int VersionWidth => _version ? Math.Max(8, Rest / 6) : 0;

    private int FileWidth => Math.Max(10, _model ? (Rest - VersionWidth) * 11 / 20 : Rest);

    private int ModelWidth => Math.Max(8, Rest - VersionWidth - FileWidth);

    private void Write(IdentifyOutcome outcome, string file)
    {
        if (outcome.Matches is not { Count: > 0 } matches)
        {
            screen.Output.WriteLine(Line(file, $"({Said(outcome)})", "", "", "", _model ? "-" : Said(outcome)));
            return;
        }

        foreach (var match in matches)
        {
            screen.Output.WriteLine(Line(file, DisplayText.Harmless(match.ModelName ?? "-"), DisplayText.Harmless(match.VersionName ?? "-"), DisplayText.Harmless(match.ModelType), DisplayText.Harmless(match.BaseModel), TargetOf(match)));
            file = "  also";
        }
    }

    private string Said(IdentifyOutcome outcome) => outcome.Status switch
    {
        "unknown" => _model ? "unknown to Civitai" : "unknown",
        "unasked" => "not asked",
        _ => "cannot be read",
    };

    private static string Name(IdentifyOutcome outcome) => DisplayText.Harmless(outcome.Hashed.File.Shown);

    private static string TargetOf(IdentifiedVersion match) => match.Model is { } model ? $"{model}@{match.Version}" : $"@{match.Version}";

    private string Line(string file, string model, string version, string type, string baseModel, string target)
    {
        var gap = new string(' ', Gap);
        var line = DisplayText.Pad(file, FileWidth) + gap;
        if (_model) line += DisplayText.Fit(model, ModelWidth) + gap;
        if (_version) line += DisplayText.Fit(version, VersionWidth) + gap;
        if (_type) line += DisplayText.Fit(type, Type) + gap;
        if (_base) line += DisplayText.Fit(baseModel, Base) + gap;
        return line + target;
    }
}
