using CivitaiDownloader.Jobs.Lifecycle;

namespace CivitaiDownloader.Jobs.Store.Sqlite;

/// <summary>Takes one job along its lifecycle, with what that means for its items.</summary>
internal sealed class JobCommand(JobTransaction transaction, JobRecord job)
{
    private static readonly ItemStatus[] Unclaimed = [ItemStatus.Pending, ItemStatus.WaitingForSignIn];

    public JobRecord Apply(JobAction action, PauseReason? reason)
    {
        if (!JobLifecycle.TryApply(job.Status, action, out var to)) throw JobErrors.InvalidTransition(job.Id, job.Status, action);
        if (action == JobAction.Resume && reason is { } only && job.PausedFor != only) throw JobErrors.InvalidTransition(job.Id, job.Status, action);
        if (action is JobAction.Complete or JobAction.Fail && job.Counts.Left > 0 && !(action == JobAction.Fail && OwnRuleIsBroken)) return job;
        switch (action)
        {
            case JobAction.Cancel or JobAction.Fail:
                Move(Unclaimed, ItemStatus.Cancelled);
                break;
            case JobAction.Resume:
                Move([ItemStatus.WaitingForSignIn], ItemStatus.Pending);
                break;
            case JobAction.Retry when Move(ToRetry, ItemStatus.Pending) == 0:
                throw JobErrors.NothingToRetry(job.Id);
        }

        transaction.Connection.Execute("UPDATE job SET status = $to, paused_for = $reason, started_at = $started, ended_at = $ended WHERE id = $job",
            ("$to", (int)to), ("$reason", (int?)Reason(to, reason)), ("$started", Started(to)), ("$ended", JobLifecycle.IsOver(to) ? transaction.Now : null), ("$job", job.Id.Value));
        transaction.Tally(job.Id, transaction.NextRevision());
        return transaction.Job(job.Id);
    }

    private bool OwnRuleIsBroken => job.Settings.MaxFailures is { } most && job.Counts.Failed >= most;

    // What a job's own rule called off is as good as failed; nothing else leaves cancelled items in a job that can be retried.
    private ItemStatus[] ToRetry => job.Status == JobStatus.Failed ? [ItemStatus.Failed, ItemStatus.Cancelled] : [ItemStatus.Failed];

    private PauseReason? Reason(JobStatus to, PauseReason? reason)
    {
        if (to != JobStatus.Paused) return null;
        // Who paused it himself has the last word: it must not go on because there is space again.
        return job.PausedFor == PauseReason.Asked ? PauseReason.Asked : reason ?? job.PausedFor ?? PauseReason.Asked;
    }

    private long? Started(JobStatus to) => job.StartedAt?.ToUnixTimeMilliseconds() ?? (to == JobStatus.Processing ? transaction.Now : null);

    // Every changed item gets a revision of its own, so that changes can be read a page at a time: they are given by number, gaps and all.
    private int Move(ItemStatus[] from, ItemStatus to)
    {
        var moved = 0;
        foreach (var status in from)
        {
            if (Range(status) is not var (items, bytes, first, last)) continue;
            var revision = transaction.NextRevisions(last - first + 1);
            transaction.Connection.Execute("UPDATE job_item SET status = $to, revision = $revision + id - $first, not_before = NULL, ended_at = $ended, attempts = iif($from = $failed, 0, attempts) WHERE job_id = $job AND status = $from",
                ("$to", (int)to), ("$revision", revision), ("$first", first), ("$ended", to.IsOver ? transaction.Now : null), ("$job", job.Id.Value), ("$from", (int)status), ("$failed", (int)ItemStatus.Failed));
            var tally = transaction.Tally(job.Id, revision + last - first);
            tally.Remove(status, bytes, items);
            tally.Add(to, bytes, items);
            moved += items;
        }

        return moved;
    }

    private (int Items, long Bytes, long First, long Last)? Range(ItemStatus status)
    {
        using var row = transaction.Connection.Prepared("SELECT count(*), coalesce(sum(bytes), 0), min(id), max(id) FROM job_item WHERE job_id = $job AND status = $status",
            ("$job", job.Id.Value), ("$status", (int)status)).ExecuteReader();
        return row.Read() && row.GetInt32(0) > 0 ? (row.GetInt32(0), row.GetInt64(1), row.GetInt64(2), row.GetInt64(3)) : null;
    }
}
