using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Following;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Running;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Job;

/// <summary>
/// Tells what happens to jobs as it happens: on a terminal what failed, above a board of what runs; piped, a path for each file that is there, and the rest on
/// standard error; with <c>--json</c> an event a line. Safe from any thread.
/// </summary>
internal sealed class JobTeller(Screen screen, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan BetweenEvents = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new(); // guards what is printed, and what follows
    private readonly JobBoard _board = new(screen, time);
    private readonly Dictionary<JobId, (JobStatus Status, PauseReason? For)> _told = [];
    private long _shownAt;
    private string? _limit;

    public void Tell(JobEvent happened)
    {
        lock (_lock)
        {
            if (screen.IsJson)
            {
                if (happened is JobEvent.ItemChanged { Item.Status: ItemStatus.Pending or ItemStatus.Processing }) return; // its end is what counts
                JobEventJson.Write(happened);
                return;
            }

            _board.Clear();
            if (happened is JobEvent.ItemChanged item) Tell(item.Item);
            if (happened is JobEvent.JobChanged job) Tell(job.Job);
        }
    }

    /// <summary>What this process does for them at the moment.</summary>
    public void Show(IReadOnlyList<JobRunSnapshot> runs)
    {
        lock (_lock)
        {
            if (screen.ShowsProgress) _board.Draw(runs);
            if (_shownAt != 0 && time.GetElapsedTime(_shownAt) < BetweenEvents) return;
            _shownAt = time.GetTimestamp();
            if (screen.IsJson) JobEventJson.WriteProgress(runs);
            else if (!screen.ShowsProgress) TellLimits(runs);
        }
    }

    public void Dispose()
    {
        lock (_lock) _board.Clear();
    }

    private void Tell(ItemRecord item)
    {
        var name = VisibleText.OneLine(item.File.FileName, 120);
        if (item.Status.IsDone && !screen.IsOutputTerminal) screen.Output.WriteLine(item.Path);
        if (item is { Status: ItemStatus.Failed or ItemStatus.WaitingForSignIn, Error: { } error }) screen.Complain($"{screen.ErrorInk.Bad(item.Status == ItemStatus.Failed ? "failed:" : "waits:")} {name}: {Sentence(error.Message)}");
        else if (item is { Status: ItemStatus.Pending, Error: { } passing, Attempts: > 0 }) screen.Say($"{screen.ErrorInk.Warn("again:")} {name}: {Sentence(passing.Message)}");
        if (item is { Note: { } note, Status: ItemStatus.Completed or ItemStatus.Skipped }) screen.Warn($"{name}: {note}");
    }

    private void Tell(JobRecord job)
    {
        if (_told.TryGetValue(job.Id, out var told) && told == (job.Status, job.PausedFor)) return;
        _told[job.Id] = (job.Status, job.PausedFor);
        if (job.Status == JobStatus.Pending) return;
        var next = JobText.Next(job) is { } step && job.Status != JobStatus.Processing ? $"; {step}" : "";
        screen.Say($"{JobText.Title(job)} is {JobText.Status(job)}: {JobText.Counts(job.Counts)}, {ByteSize.Format(job.Counts.BytesDone)} of {ByteSize.Format(job.Counts.BytesTotal)}{next}.");
    }

    // Where there is no board, what holds everybody up is said once.
    private void TellLimits(IReadOnlyList<JobRunSnapshot> runs)
    {
        var limit = runs.Select(run => run.Limit is JobLimit.NetworkGone or JobLimit.Hours or JobLimit.Elsewhere or JobLimit.Nobody || run is { Limit: JobLimit.NoSpace, Job.PausedFor: null } ? $"{JobText.Title(run.Job)} {JobText.Limit(run, time)}." : null).OfType<string>().FirstOrDefault();
        if (limit is not null && limit != _limit) screen.Say(limit);
        _limit = limit;
    }

    private static string Sentence(string message) => message.EndsWith('.') ? message : message + ".";
}
