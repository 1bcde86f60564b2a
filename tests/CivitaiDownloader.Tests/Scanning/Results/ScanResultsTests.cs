using CivitaiDownloader.Primitives;
using CivitaiDownloader.Scanning;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Results;
using CivitaiDownloader.Scanning.Rules;
using CivitaiDownloader.Storage;
using Xunit;

namespace CivitaiDownloader.Tests.Scanning.Results;

public sealed class ScanResultsTests : IDisposable
{
    private static readonly ContentHash Sha256 = ContentHash.Parse(HashKind.Sha256, new string('a', 64));
    private static readonly Rule Rule = RuleSet.All.Rules.First(rule => rule.Severity == Severity.Suspicious);

    private readonly TemporaryFolder _folder = new();
    private readonly Database _database;

    public ScanResultsTests() => _database = Database.Open(_folder["results.db"], [ScanningSchema.Part]);

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_report_comes_back_as_it_was_kept()
    {
        var finding = new Finding(Rule, "calls \u001b[31m\u202Eevil\n' \"桜🌸") { Offset = 5_000_000_000, Member = "a/b!c", Element = "REDUCE" };
        var report = Report(finding, new(Rule, "bare")) with { FindingsLeftOut = 7 };

        Results().Keep([(new(Sha256, "/models/x.PT"), report)]);
        var recalled = Results().Recall(new(Sha256, "elsewhere.pt"))!;

        Assert.Equal((report.Verdict, report.Content, report.RuleSetVersion, 7), (recalled.Verdict, recalled.Content, recalled.RuleSetVersion, recalled.FindingsLeftOut));
        Assert.Equal(report.Findings, recalled.Findings);
    }

    [Fact]
    public void A_clean_one_too()
    {
        Results().Keep([(new(Sha256, "x"), new(Verdict.Clean, ContentKind.Safetensors, [], RuleSet.All.Version))]);

        Assert.Equal((Verdict.Clean, ContentKind.Safetensors), (Results().Recall(new(Sha256, "x"))!.Verdict, Results().Recall(new(Sha256, "y"))!.Content));
    }

    [Fact]
    public void Half_a_surrogate_pair_in_a_name_is_kept_as_a_replacement()
    {
        Results().Keep([(new(Sha256, "x.pt"), Report(new Finding(Rule, "\ud83d imports") { Member = "\udc00" }))]);

        Assert.Equal("\uFFFD imports", Assert.Single(Results().Recall(new(Sha256, "x.pt"))!.Findings).Message);
    }

    [Theory]
    [InlineData("x.pt", "x.safetensors")]
    [InlineData("x.pt", "x")]
    [InlineData("pt", ".pt")]
    [InlineData("x.txt.gz", "x.pt.gz")]
    public void Another_extension_is_another_result(string kept, string asked)
    {
        Results().Keep([(new(Sha256, kept), Report())]);

        Assert.Null(Results().Recall(new(Sha256, asked)));
    }

    [Fact]
    public void What_other_rules_said_does_not_count_and_is_replaced()
    {
        var others = RuleSet.All.Without(Rule);
        Results(others).Keep([(new(Sha256, "x.pt"), new(Verdict.Clean, ContentKind.Pickle, [], others.Version))]);

        Assert.Null(Results().Recall(new(Sha256, "x.pt")));

        Results().Keep([(new(Sha256, "x.pt"), Report())]);

        Assert.NotNull(Results().Recall(new(Sha256, "x.pt")));
        Assert.Null(Results(others).Recall(new(Sha256, "x.pt")));
    }

    [Fact]
    public void A_report_of_other_rules_or_of_nobody_is_not_kept()
    {
        Results().Keep([(new(Sha256, "x.pt"), Report() with { RuleSetVersion = "0" }), (new(Sha256, "y.ckpt"), Report() with { Verdict = Verdict.Unknown })]);

        Assert.Null(Results().Recall(new(Sha256, "x.pt")));
        Assert.Null(Results().Recall(new(Sha256, "y.ckpt")));
    }

    [Theory]
    [InlineData("findings", "[{\"rule\":\"a-rule-of-tomorrow\",\"message\":\"\"}]")]
    [InlineData("findings", "[{\"rule\":7}]")]
    [InlineData("findings", "{")]
    [InlineData("content", "Hologram")]
    public void A_row_that_cannot_be_understood_is_scanned_anew(string column, string value)
    {
        Results().Keep([(new(Sha256, "x.pt"), Report())]);
        _database.Run(connection =>
        {
            using var change = connection.CreateCommand();
#pragma warning disable CA2100 // of this test
            change.CommandText = $"UPDATE scan_result SET {column} = $value";
#pragma warning restore CA2100
            change.Parameters.AddWithValue("$value", value);
            change.ExecuteNonQuery();
        });

        Assert.Null(Results().Recall(new(Sha256, "x.pt")));
    }

    private ScanResults Results(RuleSet? rules = null) => new(_database, rules ?? RuleSet.All, TimeProvider.System);

    private static ScanReport Report(params Finding[] findings) => new(Verdict.Suspicious, ContentKind.Pickle, findings, RuleSet.All.Version);
}
