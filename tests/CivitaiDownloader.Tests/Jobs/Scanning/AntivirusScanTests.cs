using CivitaiDownloader.Audit;
using CivitaiDownloader.Jobs.Scanning;
using CivitaiDownloader.Library;
using CivitaiDownloader.Library.Hashing;
using CivitaiDownloader.Scanning;
using CivitaiDownloader.Scanning.Antivirus;
using CivitaiDownloader.Scanning.Programs;
using CivitaiDownloader.Scanning.Results;
using CivitaiDownloader.Scanning.Rules;
using CivitaiDownloader.Storage;
using CivitaiDownloader.Tests.Scanning.Antivirus;
using Xunit;

namespace CivitaiDownloader.Tests.Jobs.Scanning;

public sealed class AntivirusScanTests : IAsyncDisposable
{
    private const int Large = (64 << 20) + 1;

    private readonly TemporaryFolder _folder = new();
    private readonly Database _database;
    private readonly FakeClamd _clamd = new();

    public AntivirusScanTests()
    {
        _database = Database.Open(_folder["scan.db"], [AuditSchema.Part, ScanningSchema.Part, LibrarySchema.Part]);
        Directory.CreateDirectory(_folder["models"]);
    }

    public async ValueTask DisposeAsync()
    {
        await _clamd.DisposeAsync();
        _database.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(2)]
    [InlineData(2 << 20)]
    [InlineData(Large)]
    public async Task It_gets_every_byte_of_a_file_of_whatever_length(int length)
    {
        var bytes = new byte[length];
        Random.Shared.NextBytes(bytes);
        Write("a.bin", bytes);

        await ScanAsync();

        Assert.True(bytes.AsSpan().SequenceEqual(Assert.Single(_clamd.Streams)));
    }

    [Fact]
    public async Task What_it_found_is_not_what_a_scan_without_it_recalls()
    {
        Write("a.json", "{}"u8);
        _clamd.Answers = _ => "stream: X FOUND\0";

        var with = Assert.Single(await ScanAsync());
        var without = Assert.Single(await ScanAsync(asks: false));

        Assert.Equal((Verdict.Dangerous, false), (with.Verdict, with.IsRecalled));
        Assert.Equal((Verdict.Clean, true), (without.Verdict, without.IsRecalled)); // what the rules said is
    }

    [Theory]
    [InlineData(2)]
    [InlineData(Large)]
    public async Task What_is_remembered_of_a_scan_without_it_or_with_another_database_does_not_keep_it_from_being_asked(int length)
    {
        Write("a.json", [(byte)'{', .. Enumerable.Repeat((byte)' ', length - 2), (byte)'}']);
        var before = Assert.Single(await ScanAsync(asks: false, hashes: true));
        var old = Assert.Single(await ScanAsync(hashes: true));
        _clamd.Answers = _ => "stream: New.Signature FOUND\0";

        var renewed = Assert.Single(await ScanAsync());

        Assert.Equal(before.Report!.Findings, old.Report!.Findings);
        Assert.Equal([new Finding(AntivirusRules.Found, "clamd finds New.Signature"), .. old.Report.Findings], renewed.Report!.Findings);
    }

    [Fact]
    public async Task Not_scanned_is_not_remembered_either()
    {
        Write("a.json", "{}"u8);
        _clamd.Answers = _ => null;
        var down = Assert.Single(await ScanAsync());
        _clamd.Answers = _ => "stream: OK\0";

        Assert.Equal((Verdict.Suspicious, Verdict.Clean), (down.Verdict, Assert.Single(await ScanAsync()).Verdict));
    }

    [Fact]
    public async Task A_cancelled_scan_ends_within_a_second_while_clamd_thinks()
    {
        Write("a.json", "{}"u8);
        Write("b.bin", new byte[5 << 20]);
        var hold = new TaskCompletionSource();
        _clamd.Hold = hold.Task;
        using var cancelling = new CancellationTokenSource();
        var scan = Scan(asks: true).RunAsync(new(Found()) { Readers = 2 }, new(TimeProvider.System), cancelling.Token);
        while (_clamd.MostAtOnce < 2) await Task.Yield();

        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scan.WaitAsync(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task EICAR_is_found_by_both()
    {
        Write("eicar.com", EicarTest.Mark);

        Assert.Equal(["antivirus-found", "program-eicar"], Assert.Single(await ScanAsync()).Report!.Findings.Select(finding => finding.Rule.Id).Order());
    }

    private FilesScan Scan(bool asks)
    {
        var antivirus = new ClamdAntivirus(new() { Clamd = asks ? _clamd.Text : "" }, TimeProvider.System);
        return new(new FileScanner(), antivirus, new ScanResults(_database, RuleSet.All, TimeProvider.System), new(_database, TimeProvider.System), _database, TimeProvider.System);
    }

    private Task<IReadOnlyList<ScannedFile>> ScanAsync(bool asks = true, bool hashes = false) =>
        Scan(asks).RunAsync(new(Found()) { Readers = 2, HashesAll = hashes }, new(TimeProvider.System), TestContext.Current.CancellationToken);

    private IReadOnlyList<FoundFile> Found() => FileFinder.Find([_folder["models"]], FileSelection.All, TestContext.Current.CancellationToken).Files;

    private void Write(string name, ReadOnlySpan<byte> bytes)
    {
        File.WriteAllBytes(_folder["models/" + name], bytes);
        File.SetLastWriteTimeUtc(_folder["models/" + name], new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc));
    }
}
