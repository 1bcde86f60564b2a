namespace CivitaiDownloader.Bench;

/// <summary>The section of a benchmark in docs/benchmarks.md, between its heading and the next, and the same figures as JSON beside it.</summary>
internal static class BenchmarksPage
{
    private const string Page = "docs/benchmarks.md";

    public static void Write(string name, string about, IReadOnlyList<Scenario> scenarios)
    {
        var heading = $"## `./bench {name}`";
        var lines = File.ReadAllLines(Page).ToList();
        var start = lines.IndexOf(heading);
        if (start < 0) (start, lines) = (lines.Count + 1, [.. lines, ""]);
        var end = lines.FindIndex(Math.Min(start + 1, lines.Count), line => line.StartsWith("## ", StringComparison.Ordinal));
        string[] section = [heading, "", about, "", "| | civitai-dl | beside | ratio | bar | |", "|---|---|---|---|---|---|", .. scenarios.Select(Row)];
        lines = [.. lines[..start], .. section, .. end < 0 ? [] : lines[end..].Prepend("")];
        File.WriteAllLines(Page, lines);
        using var json = File.Create($"docs/benchmarks.{name}.json");
        Report.WriteJson(name, scenarios, json);
    }

    private static string Row(Scenario scenario)
    {
        if (scenario.Skipped is { } why) return $"| {scenario.Name} | not measured: {why} | | | | |";
        var unit = scenario.Unit.Length == 0 ? "" : " " + scenario.Unit;
        var beside = string.Join("; ", scenario.Peers.Select(peer => $"{peer.Key}: {Report.Show(peer.Value)}"));
        var bar = scenario.Bar is { } most ? $"{(scenario.Side == BarSide.AtLeast ? "≥" : "≤")} {Report.Text(most)}" : "";
        return $"| {scenario.Name} | {Report.Show(scenario.Ours)}{unit} | {beside} | {(scenario.Ratio is { } ratio ? Report.Text(ratio) : "")} | {bar} | {Report.Verdict(scenario)} |";
    }
}
