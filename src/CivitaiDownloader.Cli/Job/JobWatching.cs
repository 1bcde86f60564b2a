using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Get;
using CivitaiDownloader.Jobs.Following;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Running;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Transfer.Pacing;

namespace CivitaiDownloader.Cli.Job;

/// <summary>Runs jobs in this process and shows it, or shows what other processes do.</summary>
internal static class JobWatching
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(500);

    /// <summary>Runs one job and shows it until it is over; paused by somebody, it is waited for.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="UsageException">Interrupted: to type the command again would make another job.</exception>
    public static async Task<int> RunAndWatchAsync(Invocation invocation, JobRecord job, CancellationToken cancellationToken)
    {
        try
        {
            return JobExit.Of(await RunAsync(invocation, new() { Jobs = [job.Id], Stays = true }, cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw new UsageException("interrupted", "Interrupted") { Hint = $"`civitai-dl job run {job.Id}` goes on where it stopped. Nothing that arrived is lost.", ExitCode = ExitCodes.Interrupted };
        }
    }

    /// <summary>Runs jobs and shows them.</summary>
    /// <returns>Those that were seen, as they stand at the end.</returns>
    public static async Task<IReadOnlyList<JobRecord>> RunAsync(Invocation invocation, JobRunRequest request, CancellationToken cancellationToken)
    {
        var services = invocation.Services;
        var (store, time) = (services.Get<IJobStore>(), services.Time);
        using var teller = new JobTeller(invocation.Screen, time);
        using var bandwidth = BandwidthFromFile.Watch(invocation.Settings, services.Get<BandwidthClock>(), time, invocation.Screen.Warn);
        using var followers = new Followers(services.Get<JobFollower>(), teller);
        try
        {
            await services.Get<JobRunner>().RunAsync(request, runs => Show(teller, followers, runs), cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await followers.StopAsync();
            throw;
        }

        await followers.EndAsync();
        var seen = new List<JobRecord>();
        foreach (var id in followers.Jobs.Concat(request.Jobs ?? []).Distinct().Order(Comparer<JobId>.Create((one, other) => one.Value.CompareTo(other.Value))))
        {
            if (await store.FindAsync(id, CancellationToken.None) is { } record) seen.Add(record);
        }

        return seen;
    }

    /// <summary>Shows a job until it is over, whoever runs it.</summary>
    public static async Task<JobRecord?> WatchAsync(Invocation invocation, JobRecord job, CancellationToken cancellationToken)
    {
        var services = invocation.Services;
        using var teller = new JobTeller(invocation.Screen, services.Time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        JobRecord? last = null;
        var looking = LookAsync();
        try
        {
            await foreach (var happened in services.Get<JobFollower>().FollowAsync(job.Id, job.Revision, cancellationToken: cancellationToken))
            {
                teller.Tell(happened);
                if (happened is JobEvent.JobChanged { Job: var record }) Volatile.Write(ref last, record);
            }
        }
        finally
        {
            await over.CancelAsync();
            await looking;
        }

        return last;

        // Bytes come without an event.
        async Task LookAsync()
        {
            try
            {
                while (!over.IsCancellationRequested)
                {
                    if (Volatile.Read(ref last) is { } now) teller.Show([await services.Get<JobSight>().LookAsync(now, over.Token)]);
                    await Task.Delay(BetweenLooks, services.Time, over.Token);
                }
            }
            catch (OperationCanceledException)
            {
                // It is over, or nobody watches any more.
            }
        }
    }

    private static void Show(JobTeller teller, Followers followers, IReadOnlyList<JobRunSnapshot> runs)
    {
        foreach (var run in runs) followers.Follow(run.Job);
        teller.Show(runs);
    }

    /// <summary>A follower for each job that the run has come upon.</summary>
    private sealed class Followers(JobFollower follower, JobTeller teller) : IDisposable
    {
        private readonly Dictionary<JobId, Task> _tasks = [];
        private readonly CancellationTokenSource _stop = new();
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IEnumerable<JobId> Jobs => _tasks.Keys;

        public void Follow(JobRecord job)
        {
            if (!_tasks.ContainsKey(job.Id)) _tasks.Add(job.Id, Task.Run(() => FollowAsync(job)));
        }

        /// <summary>Tells what has happened, and no more.</summary>
        public async Task EndAsync()
        {
            _ended.TrySetResult();
            await Task.WhenAll(_tasks.Values);
        }

        public async Task StopAsync()
        {
            await _stop.CancelAsync();
            await Task.WhenAll(_tasks.Values);
        }

        public void Dispose() => _stop.Dispose();

        private async Task FollowAsync(JobRecord job)
        {
            try
            {
                await foreach (var happened in follower.FollowAsync(job.Id, job.Revision, _ended.Task, _stop.Token)) teller.Tell(happened);
            }
            catch (OperationCanceledException)
            {
                // Nobody watches any more.
            }
        }
    }
}
