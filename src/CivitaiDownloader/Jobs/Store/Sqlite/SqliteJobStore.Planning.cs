using CivitaiDownloader.Jobs.Lifecycle;

namespace CivitaiDownloader.Jobs.Store.Sqlite;

public sealed partial class SqliteJobStore
{
    private static readonly TimeSpan DraftLifetime = TimeSpan.FromDays(1);

    public Task<JobId> DraftAsync(NewJob job, CancellationToken cancellationToken) => WriteAsync(transaction =>
    {
        transaction.Connection.Execute("DELETE FROM job WHERE status IS NULL AND created_at < $before", ("$before", transaction.Now - (long)DraftLifetime.TotalMilliseconds));
        var settings = new SettingValues(job.Settings);
        var id = (long)transaction.Connection.Prepared($"""
            INSERT INTO job (name, source, priority, position, created_at, {SettingValues.Columns})
            VALUES ($name, $source, $priority, (SELECT coalesce(max(position), 0) + 1 FROM job), $now, {SettingValues.Parameters}) RETURNING id
            """, [("$name", job.Name), ("$source", job.Source), ("$priority", (int)job.Priority), ("$now", transaction.Now), .. settings.Values]).ExecuteScalar()!;
        transaction.Connection.Execute("INSERT INTO job_count (job_id, revision) VALUES ($job, $revision)", ("$job", id), ("$revision", transaction.NextRevision()));
        return new JobId(id);
    }, cancellationToken);

    public Task<IReadOnlyList<bool>> AddAsync(JobId job, IReadOnlyList<NewItem> items, CancellationToken cancellationToken) => WriteAsync<IReadOnlyList<bool>>(transaction =>
    {
        // A draft is as old as what was last added to it.
        if (transaction.Connection.Execute("UPDATE job SET created_at = $now WHERE id = $job AND status IS NULL", ("$now", transaction.Now), ("$job", job.Value)) == 0
            && transaction.Job(job).Status is var status && JobLifecycle.IsOver(status))
        {
            throw JobErrors.TakesNoMore(job, status);
        }

        return new ItemInsert(transaction, job).Insert(items);
    }, cancellationToken);

    public Task<JobRecord> ConfirmAsync(JobId draft, CancellationToken cancellationToken) => WriteAsync(transaction =>
    {
        var confirmed = transaction.Connection.Execute("UPDATE job SET status = 0, created_at = $now WHERE id = $job AND status IS NULL", ("$now", transaction.Now), ("$job", draft.Value));
        if (confirmed == 0) throw JobErrors.NoSuchDraft(draft);
        transaction.Tally(draft, transaction.NextRevision());
        return transaction.Job(draft);
    }, cancellationToken);

    public Task RemoveAsync(JobId job, CancellationToken cancellationToken) => WriteAsync(transaction =>
    {
        if (transaction.FindJob(job) is { } found)
        {
            if (!JobLifecycle.IsOver(found.Status)) throw JobErrors.StillRuns(job, found.Status);
            if (found.Counts.Processing > 0) throw JobErrors.StillInHand(job, found.Counts.Processing);
        }

        return transaction.Connection.Execute("DELETE FROM job WHERE id = $job", ("$job", job.Value)) > 0 ? job : throw JobErrors.NoSuchJob(job.ToString());
    }, cancellationToken);
}
