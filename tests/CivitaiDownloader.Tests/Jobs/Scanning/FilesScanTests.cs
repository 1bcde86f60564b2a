using System.Security.Cryptography;
using CivitaiDownloader.Audit;
using CivitaiDownloader.Jobs.Scanning;
using CivitaiDownloader.Library;
using CivitaiDownloader.Library.Hashing;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Scanning;
using CivitaiDownloader.Scanning.Antivirus;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Results;
using CivitaiDownloader.Scanning.Rules;
using CivitaiDownloader.Storage;
using Xunit;

namespace CivitaiDownloader.Tests.Jobs.Scanning;

public sealed class FilesScanTests : IDisposable
{
    private const long Large = (64L << 20) + 1;
    private static readonly DateTime Yesterday = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);
    private static readonly byte[] Harmless = "{}"u8.ToArray(), Strange = [0xFF, 0x00, 0xFE, 0x01];

    private readonly TemporaryFolder _folder = new();
    private readonly Database _database;

    public FilesScanTests()
    {
        _database = Database.Open(_folder["scan.db"], [AuditSchema.Part, ScanningSchema.Part, LibrarySchema.Part]);
        Directory.CreateDirectory(_folder["models"]);
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Files_of_every_length_get_a_report_and_the_hash_of_their_bytes_in_the_order_they_were_given()
    {
        foreach (var length in new[] { 0, 1, (1 << 20) - 1, 1 << 20, (1 << 20) + 1, (5 << 20) + 17 }) Write($"{length}.bin", RandomNumberGenerator.GetBytes(length));

        var scanned = await ScanAsync();

        Assert.Equal(6, scanned.Count);
        Assert.All(scanned, file => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file.File.Path))), file.Sha256?.Hex));
        Assert.All(scanned, file => Assert.NotNull(file.Report));
        Assert.Equal(scanned.Select(file => file.File.Path).Order(StringComparer.Ordinal), scanned.Select(file => file.File.Path));
    }

    [Fact]
    public async Task The_same_bytes_are_judged_once_wherever_they_are()
    {
        Write("a.bin", Strange);
        await ScanAsync();
        Write("elsewhere/b.bin", Strange);

        var again = await ScanAsync();

        Assert.All(again, file => Assert.True(file.IsRecalled));
        Assert.All(again, file => Assert.Equal("content-unknown", Assert.Single(file.Report!.Findings).Rule.Id));
    }

    [Fact]
    public async Task Other_bytes_of_the_same_length_and_time_in_the_same_place_are_not_taken_for_the_old_ones()
    {
        Write("a.bin", [0xFF, 0x00]);
        await ScanAsync();
        Write("a.bin", "{}"u8);

        var again = Assert.Single(await ScanAsync());

        Assert.False(again.IsRecalled);
        Assert.Equal(ContentHash.Sha256(SHA256.HashData("{}"u8)), again.Sha256);
    }

    [Fact]
    public async Task The_same_bytes_under_another_extension_are_judged_anew()
    {
        Write("a.bin", Strange);
        await ScanAsync();
        Write("a.safetensors", Strange);

        var again = await ScanAsync();

        Assert.Equal([true, false], again.Select(file => file.IsRecalled));
        Assert.NotEqual(again[0].Report!.Findings, again[1].Report!.Findings);
    }

    [Fact]
    public async Task Asked_to_recall_nothing_it_judges_anew_and_keeps_that()
    {
        Write("a.bin", Strange);
        await ScanAsync();

        Assert.False(Assert.Single(await ScanAsync(request => request with { Recalls = false })).IsRecalled);
        Assert.True(Assert.Single(await ScanAsync()).IsRecalled);
    }

    [Fact]
    public async Task Other_rules_ask_nothing_of_the_old_results()
    {
        Write("a.bin", Strange);
        await ScanAsync();
        var without = RuleSet.All.Without(RuleSet.All.Find("content-unknown")!);

        var other = Assert.Single(await ScanAsync(rules: without));

        Assert.Equal((false, Verdict.Clean), (other.IsRecalled, other.Verdict));
        Assert.Equal((false, Verdict.Suspicious), (Assert.Single(await ScanAsync()).IsRecalled, Assert.Single(await ScanAsync()).Verdict)); // one row for each content: the newest rules have it
    }

    [Fact]
    public async Task A_large_file_is_judged_without_its_hash_unless_asked_for()
    {
        WriteLarge("a.bin");

        var without = Assert.Single(await ScanAsync());
        var with = Assert.Single(await ScanAsync(request => request with { HashesAll = true }));
        var recalled = Assert.Single(await ScanAsync());

        Assert.Equal((null, Verdict.Suspicious, false), (without.Sha256, without.Verdict, without.IsRecalled));
        Assert.Equal((Convert.ToHexStringLower(SHA256.HashData(new byte[Large])), false), (with.Sha256?.Hex, with.IsRecalled));
        Assert.Equal((with.Sha256, true), (recalled.Sha256, recalled.IsRecalled));
    }

    [Fact]
    public async Task Nothing_is_kept_under_a_hash_that_was_only_remembered()
    {
        WriteLarge("a.bin");
        await new FileHasher(_database, TimeProvider.System).HashAsync(Found(), 1, new(TimeProvider.System), TestContext.Current.CancellationToken);

        var first = Assert.Single(await ScanAsync());
        var second = Assert.Single(await ScanAsync());

        Assert.NotNull(first.Sha256);
        Assert.Equal((first.Sha256, false), (second.Sha256, second.IsRecalled));
    }

    [Fact]
    public async Task What_changed_since_it_was_found_is_unknown_and_the_rest_is_judged()
    {
        Write("gone.bin", Strange);
        Write("longer.bin", Strange);
        Write("later.bin", Strange);
        Write("stays.bin", Strange);
        var found = Found();
        File.Delete(_folder["models/gone.bin"]);
        File.AppendAllText(_folder["models/longer.bin"], "x");
        File.SetLastWriteTimeUtc(_folder["models/later.bin"], Yesterday.AddSeconds(1));

        var scanned = (await ScanAsync(found: found)).ToDictionary(file => Path.GetFileName(file.File.Path));

        Assert.Equal(LibraryFault.NotReadable, scanned["gone.bin"].Refusal?.Fault);
        Assert.Equal((LibraryFault.ChangedWhileRead, LibraryFault.ChangedWhileRead), (scanned["longer.bin"].Refusal?.Fault, scanned["later.bin"].Refusal?.Fault));
        Assert.Equal([Verdict.Unknown, Verdict.Unknown, Verdict.Unknown], new[] { "gone.bin", "longer.bin", "later.bin" }.Select(name => scanned[name].Verdict));
        Assert.Equal(Verdict.Suspicious, scanned["stays.bin"].Verdict);
    }

    [Fact]
    public async Task What_was_empty_when_it_was_found_is_not_judged_as_if_it_still_were()
    {
        Write("filled.pkl", []);
        var found = Found();
        Write("filled.pkl", Strange);

        var scanned = Assert.Single(await ScanAsync(found: found));

        Assert.Equal((Verdict.Unknown, LibraryFault.ChangedWhileRead), (scanned.Verdict, scanned.Refusal?.Fault));
    }

    [Fact]
    public async Task What_the_system_calls_empty_and_gives_bytes_is_never_clean()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "/proc is Linux's.");
        var named = FileFinder.Find(["/proc/version"], FileSelection.All, TestContext.Current.CancellationToken).Files;
        var asIfOrdinary = new FoundFile("/proc/version", "/proc/version") { Stamp = Assert.Single(named).Stamp };

        Assert.Equal(LibraryFault.NotARegularFile, Assert.Single(named).Refusal?.Fault);
        Assert.Equal(Verdict.Unknown, Assert.Single(await ScanAsync(found: [asIfOrdinary])).Verdict);
    }

    [Fact]
    public async Task A_run_that_is_cancelled_says_so()
    {
        Write("a.bin", Strange);
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Scan(RuleSet.All).RunAsync(new(Found()), new(TimeProvider.System), cancelled.Token));
    }

    [Fact]
    public async Task The_meter_ends_at_the_length_of_all_files()
    {
        Write("a.bin", Strange);
        Write("b.json", Harmless);
        WriteLarge("c.bin");
        var meter = new HashMeter(TimeProvider.System);

        await Scan(RuleSet.All).RunAsync(new(Found()), meter, TestContext.Current.CancellationToken);

        Assert.Equal((3, 3, Large + 6, Large + 6), (meter.Read().Files, meter.Read().TotalFiles, meter.Read().Bytes, meter.Read().TotalBytes));
    }

    private FilesScan Scan(RuleSet rules) =>
        new(new FileScanner(rules, new()), new ClamdAntivirus(new(), TimeProvider.System), new ScanResults(_database, rules, TimeProvider.System), new(_database, TimeProvider.System), _database, TimeProvider.System);

    private Task<IReadOnlyList<ScannedFile>> ScanAsync(Func<ScanRequest, ScanRequest>? asked = null, RuleSet? rules = null, IReadOnlyList<FoundFile>? found = null)
    {
        var request = new ScanRequest(found ?? Found()) { Readers = 2 };
        return Scan(rules ?? RuleSet.All).RunAsync(asked?.Invoke(request) ?? request, new(TimeProvider.System), TestContext.Current.CancellationToken);
    }

    private IReadOnlyList<FoundFile> Found() => FileFinder.Find([_folder["models"]], FileSelection.All, TestContext.Current.CancellationToken).Files;

    private void Write(string name, ReadOnlySpan<byte> bytes)
    {
        var path = _folder["models/" + name];
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, Yesterday);
    }

    private void WriteLarge(string name)
    {
        var path = _folder["models/" + name];
        using (var file = File.Create(path)) file.SetLength(Large); // a hole: nothing is written
        File.SetLastWriteTimeUtc(path, Yesterday);
    }
}
