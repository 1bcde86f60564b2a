using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Library.Hashing;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Scanning;

namespace CivitaiDownloader.Cli.Scan;

/// <summary>What is said about the result: what could not be looked at, which rules found something, and counts.</summary>
internal sealed class ScanSummary(Screen screen)
{
    private const int MostRules = 20;

    public void Write(IReadOnlyCollection<ScanOutcome> outcomes, HashSnapshot read)
    {
        foreach (var error in outcomes.Select(outcome => outcome.Error).OfType<ErrorReport>()) ErrorWriter.Write(error, screen);
        if (outcomes.Count == 0)
        {
            screen.Say("There are no files here.");
            return;
        }

        if (outcomes.Count > 1) Rules(outcomes);
        var counts = outcomes.GroupBy(outcome => outcome.Verdict).OrderBy(group => Order(group.Key)).Select(group => $"{Quantity.Number(group.Count())} {ScanWords.Of(group.Key)}");
        var recalled = outcomes.Count(outcome => outcome.Scanned.IsRecalled);
        var before = recalled == 0 ? "" : $"; {Quantity.Number(recalled)} known from before";
        screen.Say($"{Quantity.Of(outcomes.Count, "file")}: {string.Join(", ", counts)}. {Flow.Together(ByteSize.Format(read.Bytes))} in {Flow.Together(Duration.Short(read.Elapsed))}{before}.");
    }

    private void Rules(IEnumerable<ScanOutcome> outcomes)
    {
        var rules = outcomes.Where(outcome => outcome.Verdict != Verdict.Clean).SelectMany(outcome => (outcome.Scanned.Report?.Findings ?? []).Select(finding => finding.Rule).Distinct())
            .GroupBy(rule => rule).OrderByDescending(rule => rule.Key.Severity).ThenByDescending(rule => rule.Count()).ThenBy(rule => rule.Key.Id, StringComparer.Ordinal).ToArray();
        foreach (var rule in rules.Take(MostRules))
            screen.Say($"{ScanWords.Colored(rule.Key.Severity, rule.Key.Id, screen.ErrorInk)}: {rule.Key.Title} ({Flow.Together(Quantity.Of(rule.Count(), "file"))})");
        if (rules.Length > MostRules) screen.Say($"… and {Quantity.Of(rules.Length - MostRules, "more rule")}.");
        if (rules.Length > 0) screen.Say($"{Flow.Together("`civitai-dl scan --explain RULE`")} says why one matters and what to do.");
    }

    // The good ones first, as everywhere; what nobody could look at is no grade between them.
    private static int Order(Verdict verdict) => verdict == Verdict.Unknown ? int.MaxValue : (int)verdict;
}
