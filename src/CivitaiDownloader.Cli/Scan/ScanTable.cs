using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Scanning;

namespace CivitaiDownloader.Cli.Scan;

/// <summary>Many files and their verdicts, a row each: the worst finding stands for the others.</summary>
internal sealed class ScanTable(Screen screen)
{
    private const int VerdictWidth = 10, MostRule = 30, Gap = 2;

    // What a narrow terminal does without; the verdict and the file always stay.
    private readonly bool _rule = screen.Width >= 64, _what = screen.Width >= 100;

    /// <param name="listAll">The clean ones too.</param>
    public void Write(IReadOnlyCollection<ScanOutcome> outcomes, bool listAll)
    {
        ScanOutcome[] listed = [.. outcomes.Where(outcome => listAll || outcome.Verdict != Verdict.Clean)];
        if (listed.Length == 0) return;
        var ruleWidth = _rule ? Math.Min(MostRule, listed.Max(outcome => RuleOf(outcome).Length)) : 0;
        ruleWidth = _rule ? Math.Max("RULE".Length, ruleWidth) : 0;
        var rest = screen.Width - VerdictWidth - Gap - (_rule ? ruleWidth + Gap : 0);
        var fileWidth = Math.Max("FILE".Length, Math.Min(_what ? (rest - Gap) / 2 : rest, listed.Max(outcome => DisplayText.Width(Name(outcome)))));
        var whatWidth = rest - fileWidth - Gap;
        screen.Output.WriteLine(screen.Ink.Strong(Line("VERDICT".PadRight(VerdictWidth), "FILE", "RULE", "WHAT").TrimEnd()));
        var names = new DistinctCuts(listed.Select(Name), fileWidth);
        foreach (var outcome in listed)
            screen.Output.WriteLine(Line(ScanWords.Colored(outcome.Verdict, ScanWords.Of(outcome.Verdict).PadRight(VerdictWidth), screen.Ink), names[Name(outcome)], RuleOf(outcome), WhatOf(outcome)).TrimEnd());
        screen.Output.Flush();

        string Line(string verdict, string file, string rule, string what)
        {
            var gap = new string(' ', Gap);
            var line = verdict + gap + (_rule ? DisplayText.Pad(file, fileWidth) : file);
            if (_rule) line += gap + DisplayText.Fit(rule, ruleWidth);
            return _what ? line + gap + DisplayText.Cut(what, whatWidth) : line;
        }
    }

    private static string Name(ScanOutcome outcome) => DisplayText.Harmless(outcome.Scanned.File.Shown);

    private static string RuleOf(ScanOutcome outcome)
    {
        if (outcome.Error is { } error) return error.Code;
        var findings = outcome.Scanned.Report!.Findings;
        if (findings.Count == 0) return "-";
        var others = findings.Count + outcome.Scanned.Report.FindingsLeftOut - 1;
        return others == 0 ? findings[0].Rule.Id : $"{findings[0].Rule.Id} +{Quantity.Number(others)}";
    }

    private static string WhatOf(ScanOutcome outcome) => outcome.Error is { } error ? error.Message : outcome.Scanned.Report!.Findings is [var first, ..] ? What(first) : "";

    // The message first: what is cut off is the place.
    private static string What(Finding finding) => DisplayText.Harmless(finding.Message) + (ScanWords.Place(finding) is { Length: > 0 } place ? $" ({place})" : "");
}
