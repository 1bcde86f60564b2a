using CivitaiDownloader.Storage;
using System.Text;
using CivitaiDownloader.Jobs.Lifecycle;
using Microsoft.Data.Sqlite;

namespace CivitaiDownloader.Jobs.Store.Sqlite;

public sealed partial class SqliteJobStore
{
    private const int MostErrorGroups = 1000;

    public Task<JobRecord?> FindAsync(JobId job, CancellationToken cancellationToken) => ReadAsync(connection => JobRows.Find(connection, job), cancellationToken);

    public Task<IReadOnlyList<JobRecord>> ListAsync(CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<JobRecord>>(JobRows.All, cancellationToken);

    public Task<IReadOnlyList<ItemRecord>> ItemsAsync(JobId job, ItemFilter filter, CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<ItemRecord>>(connection =>
    {
        var sql = new StringBuilder(ItemRows.Query).Append(" INDEXED BY job_item_job WHERE job_id = $job AND id > $after");
        if (filter.Statuses.Count > 0) sql.Append(" AND status IN (").AppendJoin(", ", filter.Statuses.Select(status => (int)status)).Append(')');
        if (filter.ErrorCode is not null) sql.Append(" AND error_code = $code");
        sql.Append(" ORDER BY id");
        (string, object?)[] values = [("$job", job.Value), ("$after", filter.After?.Value ?? 0), ("$code", filter.ErrorCode)];
        using var row = connection.Prepared(sql.ToString(), filter.ErrorCode is null ? values.AsSpan(..2) : values).ExecuteReader();
        var items = new List<ItemRecord>();
        // Names are compared here: SQLite knows upper and lower case of ASCII only.
        while (items.Count < filter.Most && row.Read())
        {
            if (filter.Name is null || ItemRows.HasInName(row, filter.Name)) items.Add(ItemRows.Read(row));
        }

        return items;
    }, cancellationToken);

    public Task<bool> IsWantedElsewhereAsync(JobId job, PlannedFile file, CancellationToken cancellationToken) => ReadAsync(connection => connection.Prepared("""
        SELECT 1 FROM job JOIN job_item ON job_id = job.id WHERE job.id <> $job AND job.status IN (0, 1, 2) AND content_key = $key AND job_item.status IN (0, 1, 2)
        """, ("$job", job.Value), ("$key", PackedHashes.Key(file, PackedHashes.Pack(file.Hashes)))).ExecuteScalar() is not null, cancellationToken);

    public Task<IReadOnlyList<ErrorGroup>> ErrorsAsync(JobId job, CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<ErrorGroup>>(connection =>
    {
        var groups = new List<ErrorGroup>();
        // Beside min() SQLite takes the other columns from the row that has it (lang_select.html, "Bare columns in an aggregate query").
        using var row = connection.Prepared("""
            SELECT error_code, error_message, error_hint, count(*), min(id) FROM job_item
            WHERE job_id = $job AND status IN (2, 5, 6) AND error_code IS NOT NULL
            GROUP BY error_code, error_hint ORDER BY 4 DESC, 5 LIMIT $most
            """, ("$job", job.Value), ("$most", MostErrorGroups)).ExecuteReader();
        while (row.Read()) groups.Add(new(row.GetString(0), row.GetString(1), row.IsDBNull(2) ? null : row.GetString(2), row.GetInt32(3), Item(connection, row.GetInt64(4))));
        return groups;
    }, cancellationToken);

    public Task<IReadOnlyList<ItemRecord>> ChangesAsync(JobId job, long revision, int most, CancellationToken cancellationToken) => ReadAsync<IReadOnlyList<ItemRecord>>(connection =>
    {
        var items = new List<ItemRecord>();
        using var row = connection.Prepared($"{ItemRows.Query} WHERE job_id = $job AND revision > $revision ORDER BY revision LIMIT $most", ("$job", job.Value), ("$revision", revision), ("$most", most)).ExecuteReader();
        while (row.Read()) items.Add(ItemRows.Read(row));
        return items;
    }, cancellationToken);

    public Task<DateTimeOffset?> NextDueAsync(IReadOnlyCollection<JobId>? jobs, CancellationToken cancellationToken) => ReadAsync(connection =>
    {
        long? next = null;
        foreach (var job in ClaimQuery.JobsThatMayRun(connection, jobs))
        {
            var due = connection.Prepared("SELECT min(not_before) FROM job_item WHERE job_id = $job AND status = 0 AND not_before > $now", ("$job", job.Value), ("$now", _time.GetUtcNow().ToUnixTimeMilliseconds())).ExecuteScalar();
            if (due is long moment && !(next <= moment)) next = moment;
        }

        return next is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : (DateTimeOffset?)null;
    }, cancellationToken);

    private static ItemRecord Item(DatabaseConnection connection, long id)
    {
        using var row = connection.Prepared($"{ItemRows.Query} WHERE id = $id", ("$id", id)).ExecuteReader();
        row.Read();
        return ItemRows.Read(row);
    }
}
