using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Running;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Library;
using CivitaiDownloader.Transfer;

namespace CivitaiDownloader.Jobs.Following;

/// <summary>
/// How far a job is that another process works on: what runs from the store, and of each file what its journal has. A process on another machine, whose
/// library is not here, is seen by its store alone. Safe from any thread.
/// </summary>
public sealed class JobSight(IJobStore store, LibraryWays ways, TimeProvider time)
{
    private const int MostFiles = 64;

    /// <param name="job">As it stands now.</param>
    public async Task<JobRunSnapshot> LookAsync(JobRecord job, CancellationToken cancellationToken)
    {
        var items = job.Counts.Processing == 0 ? [] : await store.ItemsAsync(job.Id, new() { Statuses = [ItemStatus.Processing], Most = MostFiles }, cancellationToken);
        var running = items.Select(item => new RunningItemSnapshot(item, item.Stage ?? ItemStage.Resolving, Transfer(job, item))).ToArray();
        var due = job is { Status: JobStatus.Pending or JobStatus.Processing, Counts: { Processing: 0, Pending: > 0 } } ? await store.NextDueAsync([job.Id], cancellationToken) : null;
        // Whole files leave the first sum for the second: together they are what came.
        return new(job, running, job.Counts.BytesDone + running.Sum(file => file.Transfer.Present), LimitOf(job, due)) { Until = due };
    }

    private TransferSnapshot Transfer(JobRecord job, ItemRecord item)
    {
        var present = item.Stage switch
        {
            ItemStage.Downloading => Arrived(job, item),
            ItemStage.Verifying or ItemStage.Scanning or ItemStage.Placing => item.File.Bytes ?? 0,
            _ => 0,
        };
        return new(present, present, Resumed: 0, item.File.Bytes, Retries: 0, Elapsed: default);
    }

    private long Arrived(JobRecord job, ItemRecord item)
    {
        try
        {
            var (plan, key) = ways.To(job.Settings.Library).Planner.Staging(item.File);
            return FileTransfer.KeptBytes(LibraryStore.StagedPath(plan, key));
        }
        catch (Exception unreadable) when (unreadable is TransferException or LibraryException or IOException or UnauthorizedAccessException)
        {
            return 0; // it is only looked at; who runs it tells what is wrong
        }
    }

    private JobLimit LimitOf(JobRecord job, DateTimeOffset? due) => job switch
    {
        { Status: JobStatus.Paused, PausedFor: PauseReason.NoSpace } => JobLimit.NoSpace,
        { Status: JobStatus.Paused, PausedFor: PauseReason.SignIn } => JobLimit.SignIn,
        { Status: JobStatus.Paused } => JobLimit.Paused,
        { Counts.Processing: 0, Settings.Hours: { } hours } when !JobLifecycle.IsOver(job.Status) && !hours.Include(TimeOnly.FromDateTime(time.GetLocalNow().DateTime)) => JobLimit.Hours,
        _ when due is not null => JobLimit.Retry,
        { Counts: { Processing: 0, Pending: > 0 }, Status: JobStatus.Pending or JobStatus.Processing } => JobLimit.Nobody,
        { Settings.BytesPerSecond: not null } => JobLimit.Rate,
        _ => JobLimit.None,
    };
}
