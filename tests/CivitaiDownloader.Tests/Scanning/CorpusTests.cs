using System.Text.Json;
using CivitaiDownloader.Scanning;
using CivitaiDownloader.Scanning.Content;
using Xunit;

namespace CivitaiDownloader.Tests.Scanning;

/// <summary>The corpus that lies beside some checkouts, row by row, by its manifest.</summary>
public sealed class CorpusTests(ITestOutputHelper output)
{
    private static string? Folder => Repository.SharedFixtures is { } fixtures && File.Exists(Path.Combine(fixtures, "scan", "manifest.json")) ? Path.Combine(fixtures, "scan") : null;

    [Fact]
    public void Every_malicious_and_suspicious_sample_is_stopped_and_no_clean_one()
    {
        Assert.SkipWhen(Folder is null, "The shared fixtures are not beside this checkout.");
        var (answered, wrong, total) = (0, new List<string>(), 0);
        foreach (var row in Rows())
        {
            total++;
            using var source = FileSource.Open(Path.Combine(Folder, row.File));
            var (report, took) = Unhurried.Run(TimeSpan.FromSeconds(1), () => new FileScanner().Scan(source, row.File, TestContext.Current.CancellationToken));
            var verdict = report.Verdict switch { Verdict.Dangerous => "malicious", Verdict.Suspicious => "suspicious", Verdict.Clean => "clean", _ => "none" };
            if (row.Accept.Contains(verdict)) answered++;
            var isStopped = report.Verdict != Verdict.Clean;
            var falseAlarm = row.Expected == "clean" && isStopped && !row.Accept.Contains(verdict);
            var missed = row.Expected != "clean" && !isStopped && !row.Accept.Contains("clean");
            if (falseAlarm || missed || took > TimeSpan.FromSeconds(1)) wrong.Add($"{row.File}: {verdict}, expected {row.Expected}, {took.TotalMilliseconds:0} ms; {string.Join("; ", report.Findings.Select(finding => $"{finding.Rule.Id} {finding.Message}"))}");
            if (!row.Accept.Contains(verdict)) output.WriteLine($"{row.File} ({row.Group}): {verdict} for {row.Expected}: {row.Why}. {string.Join("; ", report.Findings.Take(3).Select(finding => $"{finding.Rule.Id}@{finding.Member}: {finding.Message}"))}");
        }

        output.WriteLine($"{answered} of {total} with an accepted verdict");
        Assert.Empty(wrong);
        Assert.True(answered >= total * 0.98, $"{answered} of {total}");
    }

    private static IEnumerable<Row> Rows()
    {
        using var manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder!, "manifest.json")));
        foreach (var row in manifest.RootElement.EnumerateArray())
        {
            var expected = row.GetProperty("expected").GetString()!;
            string[] accept = row.TryGetProperty("accept", out var list) ? [.. list.EnumerateArray().Select(item => item.GetString()!)] : [expected];
            yield return new(row.GetProperty("file").GetString()!, row.GetProperty("group").GetString()!, expected, accept, row.GetProperty("why").GetString()!);
        }
    }

    private sealed record Row(string File, string Group, string Expected, string[] Accept, string Why);
}
