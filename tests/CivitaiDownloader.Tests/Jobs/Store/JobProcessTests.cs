using System.Diagnostics;
using CivitaiDownloader.Jobs;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Jobs.Store.Sqlite;
using CivitaiDownloader.Storage;
using Xunit;

namespace CivitaiDownloader.Tests.Jobs.Store;

/// <summary>Real processes on one database, and what a kill leaves.</summary>
public sealed class JobProcessTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private readonly TemporaryFolder _folder = new();
    private readonly Database _database;
    private readonly SqliteJobStore _store;

    public JobProcessTests()
    {
        _database = Database.Open(_folder["jobs.db"], [JobsSchema.Part]);
        _store = new(_database, TimeProvider.System);
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_killed_process_held_is_claimed_by_another_within_ten_seconds()
    {
        await JobAsync(5);
        using var process = Start(nameof(JobProcess.HoldAsync), "held", seed: 0);
        await UntilAsync(() => ClaimTold.ReadAll(_folder["held"]).Count() == 5, process);
        Assert.Empty(await ClaimAsync());

        process.Kill();
        var since = Stopwatch.StartNew();
        IReadOnlyList<ItemClaim> claims;
        while ((claims = await ClaimAsync()).Count == 0 && since.Elapsed < Limit) await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, Cancellation);

        Assert.InRange(since.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.Equal(5, claims.Count);
    }

    [Fact]
    public async Task What_was_reported_as_settled_survives_a_kill()
    {
        var job = await JobAsync(2000);
        using var process = Start(nameof(JobProcess.EndAsync), "ended", seed: 0);
        await UntilAsync(() => ClaimTold.ReadAll(_folder["ended"]).Count() > 50, process);

        process.Kill();
        await process.WaitForExitAsync(Cancellation);

        var told = ClaimTold.ReadAll(_folder["ended"]).Select(claim => claim.Item).ToArray();
        var completed = (await _store.ItemsAsync(job, new() { Statuses = [ItemStatus.Completed], Most = 2000 }, Cancellation)).Select(item => item.Id.Value).ToHashSet();
        Assert.InRange(told.Length, 50, 1999);
        Assert.All(told, item => Assert.Contains(item, completed));
        Assert.Equal(completed.Count, (await _store.FindAsync(job, Cancellation))!.Counts.Completed);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public async Task Several_processes_that_do_anything_end_every_item_once(int number)
    {
        JobId[] jobs = [await JobAsync(120), await JobAsync(80)];
        var seed = Environment.TickCount;
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}");
        var killed = Start(nameof(JobProcess.CommandAsync), "killed", seed);
        Process[] others = [.. Enumerable.Range(1, number - 1).Select(one => Start(nameof(JobProcess.CommandAsync), $"other{one}", seed + one))];
        await UntilAsync(() => ClaimTold.ReadAll(_folder["killed"]).Count() > 5, killed);
        killed.Kill();

        foreach (var process in others) await process.WaitForExitAsync(Cancellation).WaitAsync(Limit, Cancellation);

        var told = Directory.EnumerateFiles(_folder.Path).Where(path => !Path.GetFileName(path).StartsWith("jobs.db", StringComparison.Ordinal)).SelectMany(ClaimTold.ReadAll).ToArray();
        foreach (var claims in told.GroupBy(claim => claim.Item))
        {
            Assert.True(claims.Count(claim => claim.What == "ended") <= 1, $"item {claims.Key} ended twice");
            var inOrder = claims.OrderBy(claim => claim.From).ThenBy(claim => claim.To).ToArray(); // one may begin and end within a tick
            foreach (var (one, next) in inOrder.Zip(inOrder.Skip(1))) Assert.True(one.To <= next.From, $"item {claims.Key} was held twice at a time: {one}, {next}");
        }

        foreach (var job in jobs)
        {
            var record = (await _store.FindAsync(job, Cancellation))!;
            Assert.Equal((record.Counts.Total, 0), (record.Counts.Completed, record.Counts.Left));
            Assert.Equal(record.Counts.Total, (await _store.ItemsAsync(job, new() { Statuses = [ItemStatus.Completed] }, Cancellation)).Count);
        }

        killed.Dispose();
        foreach (var process in others) process.Dispose();
    }

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    private Process Start(string role, string log, int seed) => JobProcess.Start(role, _folder["jobs.db"], _folder[log], seed);

    private async Task<JobId> JobAsync(int items)
    {
        var job = await _store.DraftAsync(JobSamples.Job(), Cancellation);
        await _store.AddAsync(job, JobSamples.Items(items), Cancellation);
        await _store.ConfirmAsync(job, Cancellation);
        return job;
    }

    private Task<IReadOnlyList<ItemClaim>> ClaimAsync() => _store.ClaimAsync(new() { Runner = JobSamples.Runner(), Most = 100 }, Cancellation);

    private static async Task UntilAsync(Func<bool> isTrue, Process process)
    {
        var since = Stopwatch.StartNew();
        while (!isTrue())
        {
            Assert.False(process.HasExited, "the process has ended");
            Assert.True(since.Elapsed < Limit, "it never came about");
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, Cancellation);
        }
    }
}
