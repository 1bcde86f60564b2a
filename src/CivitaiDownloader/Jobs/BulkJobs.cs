using CivitaiDownloader.Jobs.Exporting;
using CivitaiDownloader.Jobs.Following;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Jobs.Running;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Storage;

namespace CivitaiDownloader.Jobs;

/// <summary>
/// Jobs for programs: planned, made, run, commanded, followed and written down. Everything goes through the store, so it does not matter which process
/// made a job or runs it. Safe from any thread.
/// </summary>
public sealed class BulkJobs(JobPlanner planner, JobRunner runner, JobFollower follower, JobFinder finder, JobDiscarder discarder, IJobStore store)
{
    /// <summary>Plans what the sources name. The plan is a draft until <see cref="CreateAsync"/> or <see cref="DropAsync"/>.</summary>
    /// <exception cref="Primitives.CivitaiDownloaderException">Nothing can be planned, or a source fails. There is no draft then.</exception>
    public Task<JobPlan> PlanAsync(PlanRequest request, PlanMeter? meter = null, CancellationToken cancellationToken = default) => planner.PlanAsync(request, meter ?? new(), cancellationToken);

    /// <summary>Makes the plan a job. It runs when some process runs what is due.</summary>
    /// <exception cref="JobException">The plan was dropped, or made a job before.</exception>
    public Task<JobRecord> CreateAsync(JobPlan plan, CancellationToken cancellationToken = default) => store.ConfirmAsync(plan.Draft, cancellationToken);

    /// <summary>Forgets a plan.</summary>
    public Task DropAsync(JobPlan plan, CancellationToken cancellationToken = default) => store.RemoveAsync(plan.Draft, cancellationToken);

    /// <summary>Runs a job in this process until it is over or cannot go on by itself; paused by somebody meanwhile, it is waited for.</summary>
    /// <param name="watch">Shown how far it is, a few times a second, on the run's own path: it must be quick. Null for nobody.</param>
    /// <returns>The job as it stands then.</returns>
    /// <exception cref="JobException">There is no such job.</exception>
    /// <exception cref="StorageException">The store cannot be read or written. What was fetched is kept.</exception>
    /// <exception cref="OperationCanceledException">Cancelled: everything stopped at its byte and goes on with the next run.</exception>
    public async Task<JobRecord> RunAsync(JobId job, Action<JobRunSnapshot>? watch = null, CancellationToken cancellationToken = default)
    {
        await RequireAsync(job, cancellationToken);
        await runner.RunAsync(new() { Jobs = [job] }, watch is null ? null : runs =>
        {
            foreach (var run in runs) watch(run);
        }, cancellationToken);
        return await RequireAsync(job, CancellationToken.None);
    }

    /// <summary>Runs every job that is due, as <see cref="JobRunner.RunAsync"/>.</summary>
    /// <exception cref="StorageException">As <see cref="RunAsync"/>.</exception>
    /// <exception cref="OperationCanceledException">As <see cref="RunAsync"/>.</exception>
    public Task RunDueAsync(bool stays = false, CancellationToken cancellationToken = default) => runner.RunAsync(new() { Stays = stays }, watch: null, cancellationToken);

    /// <summary>Stops it at its bytes within a second, whichever process runs it.</summary>
    /// <exception cref="JobException">No such job, or it is over; as for the next three.</exception>
    public Task<JobRecord> PauseAsync(JobId job, CancellationToken cancellationToken = default) => store.ApplyAsync(job, JobAction.Pause, PauseReason.Asked, cancellationToken);

    /// <summary>Lets it go on where it was, in the process that ran it or the next that runs what is due.</summary>
    public Task<JobRecord> ResumeAsync(JobId job, CancellationToken cancellationToken = default) => store.ApplyAsync(job, JobAction.Resume, null, cancellationToken);

    /// <summary>Calls it off for good; what arrived of files that are not whole is kept (<see cref="DiscardAsync"/> removes it).</summary>
    public Task<JobRecord> CancelAsync(JobId job, CancellationToken cancellationToken = default) => store.ApplyAsync(job, JobAction.Cancel, null, cancellationToken);

    /// <summary>Tries again what failed.</summary>
    public Task<JobRecord> RetryAsync(JobId job, CancellationToken cancellationToken = default) => store.ApplyAsync(job, JobAction.Retry, null, cancellationToken);

    /// <summary>Removes what arrived of the files of a cancelled job that are not whole.</summary>
    public Task<DiscardReport> DiscardAsync(JobId job, CancellationToken cancellationToken = default) => discarder.RunAsync(job, cancellationToken);

    /// <summary>Progress and completion of a job, whichever process runs it: as it stands now, then every change, until it is over.</summary>
    /// <exception cref="JobException">There is no such job.</exception>
    public async IAsyncEnumerable<JobEvent> FollowAsync(JobId job, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var since = (await RequireAsync(job, cancellationToken)).Revision;
        await foreach (var happened in follower.FollowAsync(job, since, cancellationToken: cancellationToken)) yield return happened;
    }

    /// <summary>The job people mean by a number, a name or <c>last</c>.</summary>
    /// <exception cref="JobException">There is none, or several.</exception>
    public Task<JobRecord> FindAsync(string named, CancellationToken cancellationToken = default) => finder.FindAsync(named, cancellationToken);

    /// <summary>Every job there is, in the order of their numbers.</summary>
    public Task<IReadOnlyList<JobRecord>> ListAsync(CancellationToken cancellationToken = default) => store.ListAsync(cancellationToken);

    /// <summary>Items one by one: a job may have 100,000.</summary>
    public IAsyncEnumerable<ItemRecord> ItemsAsync(JobId job, ItemFilter? filter = null, CancellationToken cancellationToken = default) =>
        store.AllItemsAsync(job, filter ?? new() { Most = int.MaxValue }, cancellationToken);

    /// <summary>What the work on a job came to so far.</summary>
    /// <exception cref="JobException">There is no such job.</exception>
    public async Task<JobStatistics> StatisticsAsync(JobId job, CancellationToken cancellationToken = default)
    {
        var statistics = new JobStatistics(await RequireAsync(job, cancellationToken), await store.ErrorsAsync(job, cancellationToken));
        await foreach (var item in ItemsAsync(job, cancellationToken: cancellationToken)) statistics = statistics.With(item);
        return statistics;
    }

    /// <summary>Writes down what became of every item.</summary>
    /// <exception cref="JobException">There is no such job.</exception>
    /// <exception cref="IOException">The stream refuses. It stays open.</exception>
    public async Task ExportAsync(JobId job, JobExportFormat format, Stream to, CancellationToken cancellationToken = default) =>
        await JobExport.WriteAsync(store, await RequireAsync(job, cancellationToken), format, to, cancellationToken);

    private async Task<JobRecord> RequireAsync(JobId job, CancellationToken cancellationToken) => await store.FindAsync(job, cancellationToken) ?? throw JobErrors.NoSuchJob(job.ToString());
}
