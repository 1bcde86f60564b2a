namespace CivitaiDownloader.Jobs.Lifecycle;

/// <summary>
/// The lifecycle of a job: every transition there is, and no other. docs/jobs.md shows this table; a test holds the two together.
/// </summary>
public static class JobLifecycle
{
    private static readonly Dictionary<(JobStatus From, JobAction Action), JobStatus> Transitions = new()
    {
        [(JobStatus.Pending, JobAction.Start)] = JobStatus.Processing,
        [(JobStatus.Pending, JobAction.Pause)] = JobStatus.Paused,
        [(JobStatus.Pending, JobAction.Cancel)] = JobStatus.Cancelled,
        [(JobStatus.Processing, JobAction.Start)] = JobStatus.Processing, // another process joins, or takes up what a dead one left
        [(JobStatus.Processing, JobAction.Pause)] = JobStatus.Paused,
        [(JobStatus.Processing, JobAction.Cancel)] = JobStatus.Cancelled,
        [(JobStatus.Processing, JobAction.Retry)] = JobStatus.Processing,
        [(JobStatus.Processing, JobAction.Complete)] = JobStatus.Completed,
        [(JobStatus.Processing, JobAction.Fail)] = JobStatus.Failed,
        [(JobStatus.Paused, JobAction.Pause)] = JobStatus.Paused, // a job that waits for disk space is paused by somebody
        [(JobStatus.Paused, JobAction.Resume)] = JobStatus.Pending,
        [(JobStatus.Paused, JobAction.Cancel)] = JobStatus.Cancelled,
        [(JobStatus.Paused, JobAction.Retry)] = JobStatus.Paused,
        [(JobStatus.Completed, JobAction.Retry)] = JobStatus.Pending,
        [(JobStatus.Failed, JobAction.Retry)] = JobStatus.Pending,
    };

    /// <summary>Every transition, in the order of the table in docs/jobs.md.</summary>
    public static IEnumerable<(JobStatus From, JobAction Action, JobStatus To)> All => Transitions.Select(entry => (entry.Key.From, entry.Key.Action, entry.Value));

    /// <returns>False when <paramref name="action"/> cannot be done to a job that is <paramref name="from"/>.</returns>
    public static bool TryApply(JobStatus from, JobAction action, out JobStatus to) => Transitions.TryGetValue((from, action), out to);

    /// <summary>Whether nothing happens to it any more unless somebody says so.</summary>
    public static bool IsOver(JobStatus status) => status is JobStatus.Completed or JobStatus.Failed or JobStatus.Cancelled;
}
