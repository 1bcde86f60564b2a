using CivitaiDownloader.Cli.Scan;
using CivitaiDownloader.Scanning.Rules;
using Xunit;

namespace CivitaiDownloader.Tests.Scanning;

/// <summary>docs/scanning against the program.</summary>
public sealed class ScanningPageTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "scanning");

    [Fact]
    public void The_page_of_rules_is_what_the_program_says()
    {
        var page = new StringWriter { NewLine = "\n" };
        new RulesPage(page).Write(RuleSet.All.Rules);
        var path = Path.Combine(Folder, "rules.md");
        if (Environment.GetEnvironmentVariable("CIVITAI_DL_SNAPSHOTS") == "write") File.WriteAllText(path, page.ToString());

        Assert.Equal(page.ToString(), File.ReadAllText(path), ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Every_rule_is_told_in_whole_sentences()
    {
        Assert.All(RuleSet.All.Rules, rule => Assert.Matches("^[a-z0-9]+(-[a-z0-9]+)*$", rule.Id));
        Assert.All(RuleSet.All.Rules, rule => Assert.False(rule.Title.EndsWith('.'), rule.Id));
        Assert.All(RuleSet.All.Rules, rule => Assert.True(rule.Why.EndsWith('.') && rule.Next.EndsWith('.'), rule.Id));
    }

    [Fact]
    public void The_documented_example_is_the_one_that_is_compiled()
    {
        var source = File.ReadAllText(Path.Combine(Repository.Root, "tests", "CivitaiDownloader.Tests", "Scanning", "LibraryExample.cs"));
        var document = File.ReadAllText(Path.Combine(Folder, "README.md"));

        Assert.Equal(Between(source, "#region example\n", "#endregion"), Between(document, "```csharp\n", "```"));
    }

    [Fact]
    public void The_documented_example_runs()
    {
        var output = new StringWriter { NewLine = "\n" };

        ScanExample.Run(new MemoryStream([0x00, 0x01, 0x02, 0xFE]), "strange.bin", [0xFF, 0xFE, 0x00], output, TestContext.Current.CancellationToken);

        var lines = output.ToString().TrimEnd('\n').Split('\n');
        Assert.StartsWith("strange.bin: Suspicious (Unknown) by rule set ", lines[0]);
        Assert.StartsWith("  Suspicious content-unknown in strange.bin at 0: 4 bytes", lines[1]);
        Assert.StartsWith("Suspicious, ", lines[^1]);
        Assert.EndsWith(" of 3 bytes looked at", lines[^1]);
    }

    private static string Between(string text, string start, string end)
    {
        var from = text.IndexOf(start, StringComparison.Ordinal) + start.Length;
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }
}
