using System.Text.RegularExpressions;
using CivitaiDownloader.Cli.Rendering;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Job;

/// <summary>A plan as people see it at the widths they have, and as programs read it.</summary>
public sealed partial class PlanSnapshotTests : CreateFixture
{
    // Not where the machine has its temporary files: lines are broken by the length of a path.
    public PlanSnapshotTests() : base(OperatingSystem.IsWindows() ? null : "/tmp") { }

    private string[] Arguments => ["job", "create", "4201", "4202", "4203", "4204@42040", "4207", "4208", "4209", "4211", "4216", "4217", "4221@42210+422101", "model:4227", "--from", Path.Combine(Folder, "list.txt"),
        "--all-versions", "--skip-tag", "landscape", "--format", "SafeTensor", "--limit-rate", "16K"];

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(120)]
    public async Task A_plan(int columns)
    {
        Furnish();

        var shown = (await Terminal.RunAsync(Program, columns, [.. Arguments, "--dry-run"])).Output;

        Assert.DoesNotContain('\u001b', shown);
        Assert.DoesNotContain('\u202E', shown);
        Snapshot.Check($"job-plan-{columns}", Same(shown));
        Assert.All(shown.Split('\n'), line => Assert.True(DisplayText.Width(line) <= columns || line.Contains(Folder, StringComparison.Ordinal) || !line.Trim().Contains(' ', StringComparison.Ordinal), line));
    }

    [Fact]
    public async Task A_question()
    {
        Furnish();
        Program.Input = "n\n";

        Snapshot.Check("job-question-80", Same((await Terminal.RunAsync(Program, 80, "job", "create", "4201", "4207", "--no-watch")).Output));
    }

    [Fact]
    public async Task A_plan_for_programs()
    {
        Furnish();

        var ran = await Program.RunAsync([.. Arguments, "--dry-run", "--json"]);

        Snapshot.Check("job-plan-json", Same(ran.Output).Replace(",\"", ",\n\"", StringComparison.Ordinal));
    }

    private void Furnish()
    {
        Program.Variables["LANG"] = "C.UTF-8";
        Program.Variables["TERM"] = "dumb"; // no colour, and no line that comes and goes
        Write("list.txt", "4203\n夜の\u001b[31m\u202Egarbage\n");
    }

    private string Same(string shown)
    {
        var same = shown.Replace(Folder, "/tmp/civitai-dl-test-000000", StringComparison.Ordinal);
        same = Free().Replace(same, "{free} free");
        same = FreeBytes().Replace(same, "\"free\":0");
        same = UntilJson().Replace(same, "\"until\":\"{until}\"");
        same = ItemNumber().Replace(same, "{\"id\":0,");
        return Until().Replace(same, "{until}");
    }

    [GeneratedRegex("[0-9.]+\\s+[KMGT]iB\\s+free")]
    private static partial Regex Free();

    [GeneratedRegex("\"free\":[0-9]+")]
    private static partial Regex FreeBytes();

    [GeneratedRegex("until\\s+[0-9-]+\\s+[0-9:]+\\s+UTC")]
    private static partial Regex Until();

    [GeneratedRegex("\"until\":\"[^\"]+\"")]
    private static partial Regex UntilJson();

    [GeneratedRegex("\\{\"id\":[0-9]+,")]
    private static partial Regex ItemNumber();
}
