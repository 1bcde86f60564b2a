using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;

namespace CivitaiDownloader.Cli.Job;

/// <summary>How a command about running jobs ends.</summary>
internal static class JobExit
{
    /// <summary>0 when everything of it is done, 3 when part of it is or it was called off, 1 when it failed; what waits for sign-in or disk space says so.</summary>
    public static int Of(JobRecord job) => job switch
    {
        { Status: JobStatus.Paused, PausedFor: PauseReason.NoSpace } => ExitCodes.NoSpace,
        { Status: JobStatus.Paused, PausedFor: PauseReason.SignIn } => job.Counts.Completed + job.Counts.Skipped > 0 ? ExitCodes.Partly : ExitCodes.Refused,
        { Status: JobStatus.Failed } => job.Counts.Completed + job.Counts.Skipped > 0 ? ExitCodes.Partly : ExitCodes.Failed,
        { Status: JobStatus.Completed } when job.Counts.Completed + job.Counts.Skipped == job.Counts.Total => ExitCodes.Done,
        { Status: JobStatus.Completed or JobStatus.Cancelled or JobStatus.Paused } => ExitCodes.Partly,
        _ => ExitCodes.Done,
    };

    /// <summary>Of several: theirs where they agree, else partly done.</summary>
    public static int Of(IEnumerable<JobRecord> jobs) => jobs.Select(Of).Distinct().ToArray() switch
    {
        [] => ExitCodes.Done,
        [var one] => one,
        _ => ExitCodes.Partly,
    };
}
