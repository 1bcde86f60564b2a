using System.Runtime.CompilerServices;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;

namespace CivitaiDownloader.Jobs.Following;

/// <summary>Something that happened to a job, in any process. The row was there before the event.</summary>
public abstract record JobEvent
{
    private JobEvent() { }

    /// <summary>The job or its counts are different now. Many changes may become one event.</summary>
    public sealed record JobChanged(JobRecord Job) : JobEvent;

    /// <summary>An item is different now. Stages in between may be missed; its end never is.</summary>
    public sealed record ItemChanged(ItemRecord Item) : JobEvent;
}

/// <summary>Follows jobs through the store, whichever process works on them. Safe from any thread.</summary>
public sealed class JobFollower(IJobStore store, TimeProvider time)
{
    private const int Portion = 500;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(250);

    /// <summary>Begins with the job as it stands, ends when it is over and everything of it was told, or when it is removed.</summary>
    /// <param name="since">Items that changed after this revision are told; <see cref="JobRecord.Revision"/> of now for none of the past.</param>
    /// <param name="until">When it ends, what has happened till then is told and it is over, though the job may not be. Null for never.</param>
    /// <exception cref="JobException">There is no such job.</exception>
    public async IAsyncEnumerable<JobEvent> FollowAsync(JobId job, long since, Task? until = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var told = -1L;
        while (true)
        {
            var isLastLook = until is { IsCompleted: true };
            if (await store.FindAsync(job, cancellationToken) is not { } record) break; // before its items: those of a job that is over change no more
            IReadOnlyList<ItemRecord> changes;
            do
            {
                changes = await store.ChangesAsync(job, since, Portion, cancellationToken);
                foreach (var item in changes) yield return new JobEvent.ItemChanged(item);
                if (changes.Count > 0) since = changes[^1].Revision;
            }
            while (changes.Count == Portion);

            if (record.Revision != told) yield return new JobEvent.JobChanged(record);
            told = record.Revision;
            if (isLastLook || (JobLifecycle.IsOver(record.Status) && record.Counts.Processing == 0)) yield break;
            await WaitAsync(until, cancellationToken);
        }

        if (told < 0) throw JobErrors.NoSuchJob(job.ToString());
    }

    private async Task WaitAsync(Task? until, CancellationToken cancellationToken)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pause = Task.Delay(BetweenLooks, time, enough.Token);
        if (await Task.WhenAny(pause, until ?? pause) == pause) await pause;
        await enough.CancelAsync();
    }
}
