using CivitaiDownloader.Scanning;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;
using CivitaiDownloader.Tests.Scanning.Samples;
using Xunit;

namespace CivitaiDownloader.Tests.Scanning;

/// <summary>Every rule is needed: there is a file that only it catches.</summary>
public sealed class RuleTests
{
    // No file breaks a rule of the antivirus by itself: Antivirus/ClamdAntivirusTests shows that each is needed.
    public static TheoryData<string> Rules => [.. RuleSet.All.Rules.Except(AntivirusRules.All).Select(rule => rule.Id)];

    public static TheoryData<string> Harmless => [.. KnownSamples.All.Where(sample => sample.Rule is null).Select(sample => sample.Name)];

    [Theory]
    [MemberData(nameof(Rules))]
    public void Without_this_rule_a_file_that_it_catches_passes_as_better_than_it_is(string id)
    {
        var rule = RuleSet.All.Find(id)!;
        var samples = KnownSamples.All.Where(sample => sample.Rule == id).ToArray();
        Assert.True(samples.Length > 0, $"no sample for {id}");

        foreach (var sample in samples)
        {
            var with = Scan(sample, RuleSet.All);
            var without = Scan(sample, RuleSet.All.Without(rule));

            if (rule.Severity == Severity.Note)
            {
                Assert.Contains(with.Findings, finding => finding.Rule == rule);
                continue;
            }

            Assert.True(with.Verdict == (rule.Severity == Severity.Dangerous ? Verdict.Dangerous : Verdict.Suspicious), $"{sample.Name}: {Told(with)}");
            Assert.True(without.Verdict < with.Verdict, $"{sample.Name} without {id}: {Told(without)}");
        }
    }

    [Theory]
    [MemberData(nameof(Harmless))]
    public void A_harmless_file_is_clean(string name)
    {
        foreach (var sample in KnownSamples.All.Where(sample => sample.Rule is null && sample.Name == name))
        {
            var report = Scan(sample, RuleSet.All);

            Assert.True(report.Verdict == Verdict.Clean, $"{sample.Name}: {Told(report)}");
        }
    }

    [Fact]
    public void A_checkpoint_whose_storages_are_not_those_of_its_pickle_is_said_to_be_so()
    {
        foreach (var sample in CheckpointSamples.BrokenInTheMiddle) Assert.Contains(Scan(sample, RuleSet.All).Findings, finding => finding.Rule.Id == sample.Rule);
    }

    [Fact]
    public void A_file_that_only_its_name_says_to_be_safetensors_is_held_to_its_rules()
    {
        foreach (var sample in SafetensorsSamples.KnownByName)
        {
            var report = Scan(sample, RuleSet.All);

            Assert.True(report.Findings is [{ Rule.Id: "safetensors-header" }], $"{sample.Name}: {Told(report)}");
        }
    }

    private static ScanReport Scan(Sample sample, RuleSet rules)
    {
        using var source = new MemorySource(sample.Bytes);
        return new FileScanner(rules, new()).Scan(source, sample.Name, TestContext.Current.CancellationToken);
    }

    private static string Told(ScanReport report) => $"{report.Verdict}: {string.Join("; ", report.Findings.Select(finding => $"{finding.Rule.Id} in {finding.Member} at {finding.Offset}: {finding.Message}"))}";
}
