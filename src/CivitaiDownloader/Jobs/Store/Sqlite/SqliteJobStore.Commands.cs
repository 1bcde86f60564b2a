using CivitaiDownloader.Jobs.Lifecycle;

namespace CivitaiDownloader.Jobs.Store.Sqlite;

public sealed partial class SqliteJobStore
{
    public Task<JobRecord> ApplyAsync(JobId job, JobAction action, PauseReason? reason, CancellationToken cancellationToken) =>
        WriteAsync(transaction => new JobCommand(transaction, transaction.Job(job)).Apply(action, reason), cancellationToken);

    public Task<JobRecord> ChangeAsync(JobId job, JobChange change, CancellationToken cancellationToken) => WriteAsync(transaction =>
    {
        var before = transaction.Job(job);
        var priority = change.Priority ?? before.Priority;
        transaction.Connection.Execute("UPDATE job SET name = $name, priority = $priority, position = $position WHERE id = $job",
            ("$name", change.Name ?? before.Name), ("$priority", (int)priority), ("$position", Position(transaction, before, priority, change)), ("$job", job.Value));
        if (change.Settings is { } settings)
        {
            transaction.Connection.Execute($"UPDATE job SET ({SettingValues.Columns}) = ({SettingValues.Parameters}) WHERE id = $job", [.. new SettingValues(settings).Values, ("$job", job.Value)]);
        }

        transaction.Tally(job, transaction.NextRevision());
        return transaction.Job(job);
    }, cancellationToken);

    public Task<int> PrioritiseAsync(JobId job, IReadOnlyList<ItemId> items, Priority priority, CancellationToken cancellationToken) => WriteAsync(transaction =>
    {
        var number = 0;
        foreach (var item in items)
        {
            var revision = transaction.NextRevision();
            if (transaction.Connection.Execute("UPDATE job_item SET priority = $priority, revision = $revision WHERE id = $id AND job_id = $job",
                ("$priority", (int)priority), ("$revision", revision), ("$id", item.Value), ("$job", job.Value)) == 0) continue;
            transaction.Tally(job, revision);
            number++;
        }

        return number;
    }, cancellationToken);

    private static long Position(JobTransaction transaction, JobRecord job, Priority priority, JobChange change)
    {
        if (!change.ToFront && !change.ToBack) return job.Position;
        using var row = transaction.Connection.Prepared("SELECT coalesce(min(position), 1) - 1, coalesce(max(position), 0) + 1 FROM job WHERE priority = $priority", ("$priority", (int)priority)).ExecuteReader();
        row.Read();
        return row.GetInt64(change.ToFront ? 0 : 1);
    }
}
