using System.Security.Cryptography;
using CivitaiDownloader.Library;
using CivitaiDownloader.Library.Hashing;
using CivitaiDownloader.Storage;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CivitaiDownloader.Tests.Library;

public sealed class FileHasherTests : IDisposable
{
    private static readonly DateTime Yesterday = new(2026, 11, 24, 12, 0, 0, DateTimeKind.Utc);

    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(Yesterday.AddDays(1)));
    private readonly Database _database;

    public FileHasherTests()
    {
        _database = Database.Open(_folder["library.db"], [LibrarySchema.Part]);
        Directory.CreateDirectory(_folder["models"]);
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Files_of_every_length_get_the_hash_of_their_bytes_in_the_order_they_were_given()
    {
        foreach (var length in new[] { 0, 1, 4095, (256 << 10) - 1, 256 << 10, (256 << 10) + 1, (3 << 20) + 17 }) Write($"{length}.pt", length);

        var hashed = await HashAsync(readers: 3);

        Assert.Equal(7, hashed.Count);
        Assert.All(hashed, file => Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file.File.Path))), file.Sha256?.Hex));
        Assert.Equal(hashed.Select(file => file.File.Path).Order(StringComparer.Ordinal), hashed.Select(file => file.File.Path));
    }

    [Fact]
    public async Task A_second_run_reads_nothing_that_has_not_changed()
    {
        Write("a.pt", 1000);
        Write("b.pt", 2000);
        await HashAsync();
        Write("b.pt", 2000, seed: 2, modified: Yesterday.AddSeconds(1));
        var meter = new HashMeter(_time);

        var again = await HashAsync(meter: meter);

        Assert.Equal([true, false], again.Select(file => file.IsRecalled));
        Assert.Equal((1, 2000, 1), (meter.Read().Files, meter.Read().Bytes, meter.Read().Recalled));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_folder["models/b.pt"]))), again[1].Sha256?.Hex);
    }

    [Fact]
    public async Task Another_file_of_the_same_length_and_time_under_the_same_name_is_read()
    {
        Write("a.pt", 1000);
        await HashAsync();
        Write("new.pt", 1000, seed: 2);
        File.Move(_folder["models/new.pt"], _folder["models/a.pt"], overwrite: true);

        Assert.False((await HashAsync())[0].IsRecalled);
    }

    [Fact]
    public async Task A_file_hashed_right_after_a_change_is_read_again_since_the_next_change_might_not_show()
    {
        Write("a.pt", 1000, modified: _time.GetUtcNow().UtcDateTime.AddSeconds(-1));
        await HashAsync();

        Assert.False((await HashAsync())[0].IsRecalled);
        _time.Advance(TimeSpan.FromSeconds(5));
        await HashAsync();
        Assert.True((await HashAsync())[0].IsRecalled);
    }

    [Fact]
    public async Task What_was_hashed_before_an_interruption_is_kept()
    {
        for (var i = 0; i < 40; i++) Write($"{i:00}.pt", 300_000 - i); // the largest first: 00, 01, …
        using var stop = new CancellationTokenSource();
        var meter = new HashMeter(_time);
        var run = HashAsync(meter: meter, cancellationToken: stop.Token);
        while (meter.Read().Files < 3 && !run.IsCompleted) await Task.Yield();
        await stop.CancelAsync();

        try
        {
            await run;
        }
        catch (OperationCanceledException)
        {
            // unless it was quicker
        }

        var before = meter.Read().Files;
        var again = new HashMeter(_time);
        await HashAsync(meter: again);
        Assert.InRange(before, 3, 40);
        Assert.Equal((before, 40 - before), (again.Read().Recalled, again.Read().Files));
    }

    [Fact]
    public async Task A_file_that_changes_or_goes_after_it_was_found_is_refused_and_the_others_are_hashed()
    {
        Write("a.pt", 1000);
        Write("b.pt", 1000);
        Write("c.pt", 600_000);
        var files = FileFinder.Find([_folder["models"]], FileSelection.Models, TestContext.Current.CancellationToken).Files;
        File.Delete(_folder["models/a.pt"]);
        Write("c.pt", 500_000);

        var hashed = await new FileHasher(_database, _time).HashAsync(files, 1, new(_time), TestContext.Current.CancellationToken);

        Assert.Equal([LibraryFault.NotReadable, null, LibraryFault.ChangedWhileRead], hashed.Select(file => file.Refusal?.Fault));
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(_folder["models/b.pt"]))), hashed[1].Sha256?.Hex);
    }

    private Task<IReadOnlyList<HashedFile>> HashAsync(int readers = 2, HashMeter? meter = null, CancellationToken? cancellationToken = null) => new FileHasher(_database, _time).HashAsync(
        FileFinder.Find([_folder["models"]], FileSelection.Models, CancellationToken.None).Files, readers, meter ?? new(_time), cancellationToken ?? TestContext.Current.CancellationToken);

    private void Write(string name, int length, int seed = 1, DateTime? modified = null)
    {
        var bytes = new byte[length];
        new Random(seed + length).NextBytes(bytes);
        File.WriteAllBytes(_folder["models/" + name], bytes);
        File.SetLastWriteTimeUtc(_folder["models/" + name], modified ?? Yesterday);
    }
}
