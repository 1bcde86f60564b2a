using CivitaiDownloader.Scanning;
using CivitaiDownloader.Scanning.Antivirus;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Programs;
using CivitaiDownloader.Scanning.Rules;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CivitaiDownloader.Tests.Scanning.Antivirus;

/// <summary>What becomes of a file that the rules call clean.</summary>
public sealed class ClamdAntivirusTests : IAsyncDisposable
{
    private static readonly byte[] Harmless = "{}"u8.ToArray();

    private readonly FakeClamd _clamd = new();

    public ValueTask DisposeAsync() => _clamd.DisposeAsync();

    [Fact]
    public async Task Each_rule_is_needed()
    {
        _clamd.Answers = _ => "stream: X FOUND\0";
        Assert.Equal((Verdict.Dangerous, AntivirusRules.Found), Only(await ScanAsync(Harmless)));

        _clamd.Answers = _ => "INSTREAM size limit exceeded. ERROR\0";
        Assert.Equal((Verdict.Suspicious, AntivirusRules.NotScanned), Only(await ScanAsync(Harmless)));

        _clamd.Answers = _ => "stream: OK\0";
        Assert.Equal((Verdict.Clean, 0), ((await ScanAsync(Harmless)).Verdict, (await ScanAsync(Harmless)).Findings.Count));
    }

    [Theory]
    [InlineData(null, "closed the connection before it answered")]
    [InlineData("stream: Can't open file ERROR\0", "'stream: Can't open file ERROR'")]
    [InlineData("hello\0", "answered what clamd never does: 'hello'")]
    [InlineData("stream: Heuristics.Limits.Exceeded.MaxScanSize FOUND\0", "limit of its own, Heuristics.Limits.Exceeded.MaxScanSize")]
    public async Task Whatever_goes_wrong_the_file_is_suspicious_or_where_that_is_asked_for_noted(string? said, string reason)
    {
        _clamd.Answers = _ => said;

        var required = await ScanAsync(Harmless);
        var preferred = await ScanAsync(Harmless, options => options.ClamdPolicy = ClamdPolicy.Prefer);

        Assert.Equal((Verdict.Suspicious, AntivirusRules.NotScanned), Only(required));
        Assert.Equal((Verdict.Clean, AntivirusRules.NotScannedNote), Only(preferred));
        Assert.Contains(reason, required.Findings[0].Message);
    }

    [Fact]
    public async Task An_OK_above_the_limit_is_no_OK_and_a_signature_is_one_all_the_same()
    {
        Action<ScanOptions> limited = options => options.ClamdMaxBytes = 100;

        Assert.Equal(Verdict.Clean, (await ScanAsync(new byte[100], limited)).Verdict);
        var above = await ScanAsync(new byte[101], limited);
        var found = await ScanAsync([.. EicarTest.Mark, .. new byte[100]], limited);

        Assert.Equal((Verdict.Suspicious, AntivirusRules.NotScanned), Only(above));
        Assert.Contains("101 bytes: above 100 (Scan:ClamdMaxBytes)", above.Findings[0].Message);
        Assert.Equal((Verdict.Dangerous, AntivirusRules.Found), Only(found));
    }

    [Fact]
    public async Task One_that_does_not_find_what_every_antivirus_finds_is_not_believed()
    {
        _clamd.Trial = "stream: OK\0";

        var report = await ScanAsync(Harmless);

        Assert.Equal((Verdict.Suspicious, AntivirusRules.NotScanned), Only(report));
        Assert.Contains("has no database", report.Findings[0].Message);
        Assert.Empty(_clamd.Streams);
    }

    [Fact]
    public async Task A_signature_s_name_is_hostile_text()
    {
        _clamd.Answers = _ => $"stream: \u001b[2J\u202Eevil\n{new string('x', 2000)} FOUND\0";

        var message = (await ScanAsync(Harmless)).Findings[0].Message;

        Assert.StartsWith("clamd finds \uFFFD[2J\uFFFDevil x", message);
        Assert.True(message.Length < 200, message);
    }

    [Fact]
    public async Task What_the_rules_found_stays_and_the_worst_comes_first()
    {
        _clamd.Answers = _ => "stream: X FOUND\0";
        var suspicious = RuleSet.All.Find("content-unknown")!;

        var report = await Task.Run(() => Antivirus().AddTo(new(Verdict.Suspicious, ContentKind.Unknown, [new(suspicious, "x")], "1"), new MemorySource(Harmless), default), TestContext.Current.CancellationToken);

        Assert.Equal(Verdict.Dangerous, report.Verdict);
        Assert.Equal([AntivirusRules.Found, suspicious], report.Findings.Select(finding => finding.Rule));
    }

    [Fact]
    public async Task No_more_files_are_streamed_at_a_time_than_is_allowed()
    {
        var hold = new TaskCompletionSource();
        _clamd.Hold = hold.Task;
        var antivirus = Antivirus(options => options.ClamdConnections = 3);

        var scans = Enumerable.Range(0, 8).Select(_ => ScanAsync(antivirus, Harmless)).ToArray();
        while (_clamd.MostAtOnce < 3) await Task.Yield();
        hold.SetResult();
        var reports = await Task.WhenAll(scans);

        Assert.Equal(3, _clamd.MostAtOnce);
        Assert.All(reports, report => Assert.Equal(Verdict.Clean, report.Verdict));
    }

    [Fact]
    public async Task One_that_hangs_is_left_alone_for_a_minute_and_no_file_is_clean_meanwhile()
    {
        var time = new FakeTimeProvider();
        _clamd.Hangs = true;
        var antivirus = Antivirus(options => options.ClamdTimeout = TimeSpan.FromMilliseconds(100), time);
        for (var turn = 1; turn <= 2; turn++)
        {
            var waiting = ScanAsync(antivirus, Harmless);
            while (!waiting.IsCompleted)
            {
                if (_clamd.Connections >= turn) time.Advance(TimeSpan.FromMilliseconds(100));
                await Task.Yield();
            }

            Assert.Contains("was silent for 0.1 s", (await waiting).Findings[0].Message);
        }

        var alone = await ScanAsync(antivirus, Harmless);
        _clamd.Hangs = false;
        time.Advance(TimeSpan.FromMinutes(1));
        var later = await ScanAsync(antivirus, Harmless);

        Assert.Contains("is left alone", alone.Findings[0].Message);
        Assert.Equal((Verdict.Suspicious, Verdict.Clean), (alone.Verdict, later.Verdict));
        Assert.Equal(4, _clamd.Connections); // two that hung, a trial, the file
    }

    [Fact]
    public async Task Nothing_is_asked_about_an_empty_file_and_where_no_clamd_is_set_about_none()
    {
        await ScanAsync([]);
        await ScanAsync(new ClamdAntivirus(new(), TimeProvider.System), Harmless);

        Assert.Equal(0, _clamd.Connections);
    }

    private ClamdAntivirus Antivirus(Action<ScanOptions>? set = null, TimeProvider? time = null)
    {
        var options = new ScanOptions { Clamd = _clamd.Text };
        set?.Invoke(options);
        return new(options, time ?? TimeProvider.System);
    }

    private Task<ScanReport> ScanAsync(byte[] bytes, Action<ScanOptions>? set = null) => ScanAsync(Antivirus(set), bytes);

    // As scans do it: a thread of its own waits for the answer.
    private static Task<ScanReport> ScanAsync(ClamdAntivirus antivirus, byte[] bytes) => Task.Factory.StartNew(
        () => antivirus.AddTo(new(Verdict.Clean, ContentKind.Json, [], "1"), new MemorySource(bytes), TestContext.Current.CancellationToken), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static (Verdict, Rule) Only(ScanReport report) => (report.Verdict, Assert.Single(report.Findings).Rule);
}
