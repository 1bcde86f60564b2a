using System.Diagnostics;
using System.Globalization;
using CivitaiDownloader.Jobs;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Jobs.Store.Sqlite;
using CivitaiDownloader.Storage;
using Xunit;

namespace CivitaiDownloader.Tests.Jobs.Store;

/// <summary>What a claim came to, as the process that had it saw it; moments are milliseconds since the machine started, the same in every process.</summary>
internal sealed record ClaimTold(string What, long Item, long From, long To)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{What} {Item} {From} {To}");

    /// <summary>All whole lines: the last one of a killed process may be cut.</summary>
    public static IEnumerable<ClaimTold> ReadAll(string path)
    {
        if (!File.Exists(path)) yield break;
        using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var text = reader.ReadToEnd();
        foreach (var line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var words = line.Split(' ');
            yield return new(words[0], long.Parse(words[1], CultureInfo.InvariantCulture), long.Parse(words[2], CultureInfo.InvariantCulture), long.Parse(words[3], CultureInfo.InvariantCulture));
        }
    }
}

/// <summary>A process that works on jobs in a database: the test program, started again for one of the roles below, which are tests for nobody else.</summary>
public sealed class JobProcess
{
    private const string Variable = "CIVITAI_TEST_JOBS";

    private static readonly string[]? Given = Environment.GetEnvironmentVariable(Variable)?.Split('|');

    internal static Process Start(string role, string database, string log, int seed)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["-noColor", "-explicit", "only", "-method", $"{typeof(JobProcess).FullName}.{role}"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[Variable] = string.Join('|', database, log, seed.ToString(CultureInfo.InvariantCulture));
        var process = Process.Start(start)!;
        process.BeginOutputReadLine(); // so that it is never kept waiting
        process.BeginErrorReadLine();
        return process;
    }

    /// <summary>Claims all there is and keeps it.</summary>
    [Fact(Explicit = true)]
    public Task HoldAsync() => PlayAsync(async (store, runner, told, _) =>
    {
        foreach (var claim in await store.ClaimAsync(new() { Runner = runner, Most = 1000 }, CancellationToken.None)) told("held", claim.Item.Id, 0, 0);
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, CancellationToken.None);
    });

    /// <summary>Ends one item after the other, four at a time.</summary>
    [Fact(Explicit = true)]
    public Task EndAsync() => PlayAsync(async (store, runner, told, _) =>
    {
        while (await store.ClaimAsync(new() { Runner = runner, Most = 4 }, CancellationToken.None) is { Count: > 0 } claims)
        {
            await Task.WhenAll(claims.Select(async claim =>
            {
                if (await store.EndAsync(claim, JobSamples.Completed(), CancellationToken.None)) told("ended", claim.Item.Id, 0, 0);
            }));
        }
    });

    /// <summary>Does anything that can be done to jobs, until every item of all is over.</summary>
    [Fact(Explicit = true)]
    public Task CommandAsync() => PlayAsync(async (store, runner, told, random) =>
    {
        while ((await store.ListAsync(CancellationToken.None)).Any(job => job.Counts.Left > 0))
        {
            foreach (var job in await store.ListAsync(CancellationToken.None))
            {
                if (job.Status == JobStatus.Paused || random.Next(8) == 0) await TryApplyAsync(store, job.Id, job.Status == JobStatus.Paused ? JobAction.Resume : JobAction.Pause);
            }

            var claims = await store.ClaimAsync(new() { Runner = runner, Most = random.Next(1, 5) }, CancellationToken.None);
            var from = Environment.TickCount64;
            await Task.WhenAll(claims.Select(async claim =>
            {
                await store.EnterAsync(claim, ItemStage.Downloading, CancellationToken.None);
                await Task.Delay(TimeSpan.FromMilliseconds(random.Next(15)), TimeProvider.System);
                var to = Environment.TickCount64; // from here on it may be another's
                if (random.Next(3) == 0)
                {
                    if (await store.ReturnAsync(claim, new() { Counts = true }, CancellationToken.None)) told("returned", claim.Item.Id, from, to);
                }
                else if (await store.EndAsync(claim, JobSamples.Completed(), CancellationToken.None))
                {
                    told("ended", claim.Item.Id, from, to);
                }
            }));
        }

        await store.LeaveAsync(runner, CancellationToken.None);
    });

    private static async Task TryApplyAsync(IJobStore store, JobId job, JobAction action)
    {
        try
        {
            await store.ApplyAsync(job, action, null, CancellationToken.None);
        }
        catch (JobException)
        {
            // Another process was quicker.
        }
    }

    private delegate Task Role(IJobStore store, RunnerId runner, Action<string, ItemId, long, long> told, Random random);

    private static async Task PlayAsync(Role role)
    {
        if (Given is not [var path, var log, var seed])
        {
            Assert.Skip("Only for processes that another test starts.");
            return;
        }

        using var database = Database.Open(path, [JobsSchema.Part]);
        var (store, runner) = (new SqliteJobStore(database, TimeProvider.System), JobSamples.Runner());
        await using var lines = new FileStream(log, FileMode.Append, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        using var over = new CancellationTokenSource();
        var beats = BeatAsync(store, runner, over.Token);
        await role(store, runner, Tell, new Random(int.Parse(seed, CultureInfo.InvariantCulture)));
        await over.CancelAsync();
        await beats;

        void Tell(string what, ItemId item, long from, long to)
        {
            lock (lines) lines.Write(System.Text.Encoding.UTF8.GetBytes($"{new ClaimTold(what, item.Value, from, to)}\n"));
        }
    }

    private static async Task BeatAsync(IJobStore store, RunnerId runner, CancellationToken over)
    {
        using var seconds = new PeriodicTimer(TimeSpan.FromSeconds(1));
        try
        {
            while (await seconds.WaitForNextTickAsync(over)) await store.BeatAsync(runner, CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // The role is played.
        }
    }
}
