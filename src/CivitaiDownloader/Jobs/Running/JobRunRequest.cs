using CivitaiDownloader.Jobs.Lifecycle;

namespace CivitaiDownloader.Jobs.Running;

/// <summary>What a process is to work on.</summary>
public sealed record JobRunRequest
{
    /// <summary>Only these; null for every job that is due.</summary>
    public IReadOnlyCollection<JobId>? Jobs { get; init; }

    /// <summary>
    /// Whether to stay for what may come: new jobs, hours that have not begun, a job that somebody paused. Otherwise the run ends when nothing can go on
    /// (a job of its own that was paused meanwhile is waited for all the same: who resumes it expects that it goes on).
    /// </summary>
    public bool Stays { get; init; }
}
