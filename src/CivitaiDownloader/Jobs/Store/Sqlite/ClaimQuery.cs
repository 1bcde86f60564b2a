using CivitaiDownloader.Storage;
using CivitaiDownloader.Jobs.Lifecycle;

namespace CivitaiDownloader.Jobs.Store.Sqlite;

/// <summary>
/// Finds what is to be claimed next. Items lie in the index by job, priority, class of size and number, so that a wish for small ones only does not walk past all the large
/// ones before them; SQLite merges the classes by number and stops at the first few.
/// </summary>
internal static class ClaimQuery
{
    private const int UnknownSize = 6;

    private static readonly string Arms = string.Join(" UNION ALL ", Enumerable.Range(0, UnknownSize + 1).Select(size => $"""
        SELECT id FROM job_item INDEXED BY job_item_pending WHERE $from <= {size} AND {size} <= $to AND job_id = $job AND status = 0 AND priority = $priority AND size_class = {size}
            AND (not_before IS NULL OR not_before <= $now) AND ($below IS NULL OR bytes < $below) AND ($atLeast IS NULL OR bytes IS NULL OR bytes >= $atLeast)
        """)) + " ORDER BY id LIMIT $most";

    /// <summary>Pending and processing jobs with pending items, in their order.</summary>
    /// <param name="among">Null for all.</param>
    public static List<JobId> JobsThatMayRun(DatabaseConnection connection, IReadOnlyCollection<JobId>? among)
    {
        using var row = connection.Prepared("SELECT id FROM job JOIN job_count ON job_id = id WHERE status IN (0, 1) AND pending > 0 ORDER BY priority DESC, position, id").ExecuteReader();
        var jobs = new List<JobId>();
        while (row.Read())
        {
            if (new JobId(row.GetInt64(0)) is var job && among?.Contains(job) != false) jobs.Add(job);
        }

        return jobs;
    }

    public static List<ItemId> Items(JobTransaction transaction, JobId job, ClaimWish wish, int most)
    {
        var items = new List<ItemId>();
        foreach (var priority in (ReadOnlySpan<Priority>)[Priority.High, Priority.Normal, Priority.Low])
        {
            using var row = transaction.Connection.Prepared(Arms, ("$from", wish.AtLeast is { } least ? ClassOf(least) : 0), ("$to", wish.Below is { } below ? ClassOf(below - 1) : UnknownSize), ("$job", job.Value),
                ("$priority", (int)priority), ("$now", transaction.Now), ("$below", wish.Below), ("$atLeast", wish.AtLeast), ("$most", most - items.Count)).ExecuteReader();
            while (row.Read()) items.Add(new(row.GetInt64(0)));
            if (items.Count == most) break;
        }

        return items;
    }

    // As the column size_class has it.
    private static int ClassOf(long bytes) => bytes switch
    {
        < 1L << 20 => 0, < 8L << 20 => 1, < 64L << 20 => 2, < 512L << 20 => 3, < 4L << 30 => 4, _ => 5,
    };
}
