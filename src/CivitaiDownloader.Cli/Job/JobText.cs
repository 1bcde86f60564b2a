using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Exporting;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Running;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Job;

/// <summary>The words for what jobs and items are and do.</summary>
internal static class JobText
{
    /// <summary>The status, and of a pause why.</summary>
    public static string Status(JobRecord job) => job.PausedFor switch
    {
        PauseReason.NoSpace => "paused (disk full)",
        PauseReason.SignIn => "paused (sign-in)",
        _ => JobWords.Of(job.Status),
    };

    public static string Name(JobRecord job) => $"job {job.Id} '{DisplayText.Harmless(job.Name)}'";

    /// <summary>As <see cref="Name"/>, at the beginning of a sentence.</summary>
    public static string Title(JobRecord job) => $"Job {job.Id} '{DisplayText.Harmless(job.Name)}'";

    /// <summary><c>12 done, 3 there before, 1 failed, 40 left</c>.</summary>
    public static string Counts(JobCounts counts)
    {
        string?[] parts =
        [
            Part(counts.Completed, "done"), Part(counts.Skipped, "there before"), Part(counts.Failed, "failed"), Part(counts.Quarantined, "quarantined"),
            Part(counts.Cancelled, "cancelled"), Part(counts.WaitingForSignIn, "waiting for sign-in"), Part(counts.Pending + counts.Processing, "left"),
        ];
        return counts.Total == 0 ? "no files" : string.Join(", ", parts.OfType<string>());
    }

    /// <summary>What limits it, in a few words; null where that is the line or nobody knows.</summary>
    public static string? Limit(JobRunSnapshot run, TimeProvider time) => run.Limit switch
    {
        JobLimit.None => null,
        JobLimit.Rate => $"limited to {ByteSize.Format(run.Job.Settings.BytesPerSecond ?? 0)}/s",
        JobLimit.Paused => "paused",
        JobLimit.NoSpace => "waits for disk space",
        JobLimit.SignIn => "waits for sign-in",
        JobLimit.Hours => $"waits for {run.Job.Settings.Hours?.From:HH\\:mm}",
        JobLimit.NetworkGone => run.GoneSince is { } since ? $"waits for the network, gone since {Clock(since, time)}" : "waits for the network",
        JobLimit.Retry => run.Until is { } until ? $"tries again at {Clock(until, time)}" : "waits to try again",
        JobLimit.Nobody => $"no process works on it: `civitai-dl job run {run.Job.Id}`",
        JobLimit.Elsewhere => "another process works on what is left",
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>What somebody at a terminal would type next; null when there is nothing.</summary>
    public static string? Next(JobRecord job) => job switch
    {
        { Status: JobStatus.Paused, PausedFor: PauseReason.SignIn } => $"`civitai-dl login`, then `civitai-dl job resume {job.Id}`",
        { Status: JobStatus.Paused, PausedFor: PauseReason.NoSpace } => "it goes on by itself when there is space",
        { Status: JobStatus.Paused } => $"`civitai-dl job resume {job.Id}`",
        { Status: JobStatus.Pending } => $"`civitai-dl job run {job.Id}`",
        { Status: JobStatus.Processing, Counts.Processing: 0 } => $"no process works on it: `civitai-dl job run {job.Id}`",
        { Status: JobStatus.Completed or JobStatus.Failed, Counts.Failed: > 0 } => $"`civitai-dl job show {job.Id} --status failed`, `civitai-dl job retry {job.Id}`",
        _ => null,
    };

    private static string? Part(int count, string what) => count == 0 ? null : $"{Quantity.Number(count)} {what}";

    private static string Clock(DateTimeOffset at, TimeProvider time) => TimeZoneInfo.ConvertTime(at, time.LocalTimeZone).ToString("HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
}
