using CivitaiDownloader.Storage;
using CivitaiDownloader.Jobs.Lifecycle;
using Microsoft.Data.Sqlite;

namespace CivitaiDownloader.Jobs.Store.Sqlite;

/// <summary>Reads rows of <c>job</c> with their counts.</summary>
internal static class JobRows
{
    private const string Query = """
        SELECT id, status, paused_for, name, source, priority, position, strategy, parallel, bytes_per_second, hours_from, hours_to, library, max_failures, created_at, started_at, ended_at,
            revision, pending, processing, waiting, completed, skipped, quarantined, failed, cancelled, bytes_done, bytes_total
        FROM job JOIN job_count ON job_id = id
        WHERE status IS NOT NULL
        """;

    /// <returns>Null when there is none, or only a draft.</returns>
    public static JobRecord? Find(DatabaseConnection connection, JobId job)
    {
        using var row = connection.Prepared($"{Query} AND id = $id", ("$id", job.Value)).ExecuteReader();
        return row.Read() ? Read(row) : null;
    }

    public static List<JobRecord> All(DatabaseConnection connection)
    {
        using var row = connection.Prepared($"{Query} ORDER BY id").ExecuteReader();
        var jobs = new List<JobRecord>();
        while (row.Read()) jobs.Add(Read(row));
        return jobs;
    }

    private static JobRecord Read(SqliteDataReader reader)
    {
        var row = new RowReader(reader);
        return new()
        {
            Id = new(row.Long()),
            Status = (JobStatus)row.Int(),
            PausedFor = (PauseReason?)row.IntOrNull(),
            Name = row.Text(),
            Source = row.Text(),
            Priority = (Priority)row.Int(),
            Position = row.Long(),
            Settings = Settings(ref row),
            CreatedAt = row.TimeOrNull()!.Value,
            StartedAt = row.TimeOrNull(),
            EndedAt = row.TimeOrNull(),
            Revision = row.Long(),
            Counts = Counts(ref row),
        };
    }

    private static JobSettings Settings(ref RowReader row) => new()
    {
        Strategy = (StrategyKind)row.Int(),
        Parallel = row.IntOrNull(),
        BytesPerSecond = row.LongOrNull(),
        Hours = (row.LongOrNull(), row.LongOrNull()) is ({ } from, { } to) ? new DailyHours(OfDay(from), OfDay(to)) : null,
        Library = row.TextOrNull(),
        MaxFailures = row.IntOrNull(),
    };

    private static JobCounts Counts(ref RowReader row)
    {
        var counts = new JobCounts
        {
            Pending = row.Int(), Processing = row.Int(), WaitingForSignIn = row.Int(), Completed = row.Int(), Skipped = row.Int(), Quarantined = row.Int(), Failed = row.Int(), Cancelled = row.Int(),
            BytesDone = row.Long(), BytesTotal = row.Long(),
        };
        return counts with { Total = counts.Left + counts.Completed + counts.Skipped + counts.Quarantined + counts.Failed + counts.Cancelled };
    }

    private static TimeOnly OfDay(long milliseconds) => new(milliseconds * TimeSpan.TicksPerMillisecond);
}
