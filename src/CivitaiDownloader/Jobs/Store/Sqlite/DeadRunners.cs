using CivitaiDownloader.Jobs.Lifecycle;

namespace CivitaiDownloader.Jobs.Store.Sqlite;

/// <summary>Gives back what runners held that are not heard of any more. Every change of the store begins with this, so a claim ends with its time, not with the next one who wants it.</summary>
internal static class DeadRunners
{
    public static void Drop(JobTransaction transaction)
    {
        foreach (var runner in Silent(transaction))
        {
            GiveBack(transaction, runner, attempts: 0);
            transaction.Connection.Execute("DELETE FROM job_runner WHERE runner = $runner", ("$runner", runner));
        }
    }

    /// <param name="attempts">To be taken from the items' count: 1 where they were only stopped.</param>
    public static void GiveBack(JobTransaction transaction, byte[] runner, int attempts)
    {
        foreach (var (item, job, bytes) in Claimed(transaction, runner))
        {
            var status = JobLifecycle.IsOver(transaction.Job(job).Status) ? ItemStatus.Cancelled : ItemStatus.Pending;
            var revision = transaction.NextRevision();
            transaction.Connection.Execute("UPDATE job_item SET status = $status, stage = NULL, runner = NULL, attempts = attempts - $attempts, ended_at = $ended, revision = $revision WHERE id = $id",
                ("$status", (int)status), ("$attempts", attempts), ("$ended", status.IsOver ? transaction.Now : null), ("$revision", revision), ("$id", item));
            var tally = transaction.Tally(job, revision);
            tally.Remove(ItemStatus.Processing, bytes);
            tally.Add(status, bytes);
        }
    }

    // One that was heard of far in the future was so before the clock was set back: nobody knows whether it lives.
    private static List<byte[]> Silent(JobTransaction transaction)
    {
        var lifetime = (long)IJobStore.ClaimLifetime.TotalMilliseconds;
        using var row = transaction.Connection.Prepared("SELECT runner FROM job_runner WHERE heard_at <= $past OR heard_at >= $future", ("$past", transaction.Now - lifetime), ("$future", transaction.Now + lifetime)).ExecuteReader();
        var runners = new List<byte[]>();
        while (row.Read()) runners.Add(row.GetFieldValue<byte[]>(0));
        return runners;
    }

    private static List<(long Item, JobId Job, long Bytes)> Claimed(JobTransaction transaction, byte[] runner)
    {
        using var row = transaction.Connection.Prepared("SELECT id, job_id, coalesce(bytes, 0) FROM job_item WHERE status = 1 AND runner = $runner ORDER BY id", ("$runner", runner)).ExecuteReader();
        var claimed = new List<(long, JobId, long)>();
        while (row.Read()) claimed.Add((row.GetInt64(0), new(row.GetInt64(1)), row.GetInt64(2)));
        return claimed;
    }
}
