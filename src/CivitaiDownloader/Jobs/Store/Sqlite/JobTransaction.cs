using CivitaiDownloader.Storage;
using CivitaiDownloader.Jobs.Lifecycle;

namespace CivitaiDownloader.Jobs.Store.Sqlite;

/// <summary>One writing transaction: what time it is in it, the revisions it gives, and what it changes in the counts of jobs.</summary>
internal sealed class JobTransaction(DatabaseConnection connection, DateTimeOffset now)
{
    private readonly Dictionary<JobId, JobTally> _tallies = [];
    private long _revision, _item;
    private bool _numbered;

    public DatabaseConnection Connection => connection;

    /// <summary>Unix milliseconds.</summary>
    public long Now { get; } = now.ToUnixTimeMilliseconds();

    /// <summary>The counts of a job; whoever changes one of its items says so here.</summary>
    /// <param name="revision">That the change was given.</param>
    public JobTally Tally(JobId job, long revision)
    {
        if (!_tallies.TryGetValue(job, out var tally)) _tallies[job] = tally = new();
        tally.Revision = revision;
        return tally;
    }

    public long NextRevision() => NextRevisions(1);

    /// <returns>The first of so many.</returns>
    public long NextRevisions(long number)
    {
        ReadSequence();
        (var first, _revision) = (_revision + 1, _revision + number);
        return first;
    }

    /// <summary>The number the next item would get; it has it with <see cref="TakeItem"/>.</summary>
    public long NextItem()
    {
        ReadSequence();
        return _item + 1;
    }

    public void TakeItem() => _item++;

    /// <exception cref="JobException">There is none, or only a draft.</exception>
    public JobRecord Job(JobId job) => FindJob(job) ?? throw JobErrors.NoSuchJob(job.ToString());

    public JobRecord? FindJob(JobId job)
    {
        WriteTallies();
        return JobRows.Find(connection, job);
    }

    /// <summary>Writes what is kept back; the last thing before the commit.</summary>
    public void Flush()
    {
        WriteTallies();
        if (_numbered) connection.Execute("UPDATE job_sequence SET revision = $revision, item = $item", ("$revision", _revision), ("$item", _item));
    }

    private void ReadSequence()
    {
        if (_numbered) return;
        using var row = connection.Prepared("SELECT revision, item FROM job_sequence").ExecuteReader();
        row.Read();
        (_revision, _item, _numbered) = (row.GetInt64(0), row.GetInt64(1), true);
    }

    /// <summary>From here on the counts in the database are right.</summary>
    public void WriteTallies()
    {
        foreach (var (job, tally) in _tallies)
        {
            connection.Execute("""
                UPDATE job_count SET revision = $revision, pending = pending + $pending, processing = processing + $processing, waiting = waiting + $waiting, completed = completed + $completed,
                    skipped = skipped + $skipped, quarantined = quarantined + $quarantined, failed = failed + $failed, cancelled = cancelled + $cancelled,
                    bytes_done = bytes_done + $done, bytes_total = bytes_total + $total WHERE job_id = $job
                """,
                ("$revision", tally.Revision), ("$pending", tally[ItemStatus.Pending]), ("$processing", tally[ItemStatus.Processing]), ("$waiting", tally[ItemStatus.WaitingForSignIn]),
                ("$completed", tally[ItemStatus.Completed]), ("$skipped", tally[ItemStatus.Skipped]), ("$quarantined", tally[ItemStatus.Quarantined]), ("$failed", tally[ItemStatus.Failed]),
                ("$cancelled", tally[ItemStatus.Cancelled]), ("$done", tally.BytesDone), ("$total", tally.BytesTotal), ("$job", job.Value));
        }

        _tallies.Clear();
    }
}
