using CivitaiDownloader.Jobs.Lifecycle;

namespace CivitaiDownloader.Jobs.Store.Sqlite;

/// <summary>Adds items to one job, as many as there are.</summary>
internal sealed class ItemInsert(JobTransaction transaction, JobId job)
{
    private const string Sql = """
        INSERT INTO job_item (id, job_id, status, priority, revision, content_key, target, model_id, version_id, file_id, model_name, version_name, file_name, type, base_model, creator, format, precision,
            bytes, hashes, download_url, path, ended_at)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT (job_id, content_key) DO NOTHING
        """;

    // The index of contents is written in no order: half a MiB of cache would have it go to the disk for nearly every row.
    private const int ManyItems = 1000;
    private const int CacheKibibytes = 16 << 10;

    public IReadOnlyList<bool> Insert(IReadOnlyList<NewItem> items)
    {
        if (items.Any(item => item.Status is not (ItemStatus.Pending or ItemStatus.Skipped))) throw new ArgumentException("A new item is pending or skipped.", nameof(items));
        var before = items.Count >= ManyItems ? transaction.Connection.Prepared("PRAGMA cache_size").ExecuteScalar() : null;
        if (before is not null) transaction.Connection.Execute($"PRAGMA cache_size = -{CacheKibibytes}");
        try
        {
            using var insert = new RowInsert(transaction.Connection, Sql);
            var added = new bool[items.Count];
            for (var i = 0; i < added.Length; i++) added[i] = Insert(insert, items[i]);
            return added;
        }
        finally
        {
            if (before is not null) transaction.Connection.Execute($"PRAGMA cache_size = {before}");
        }
    }

    private bool Insert(RowInsert insert, NewItem item)
    {
        var file = item.File;
        var hashes = PackedHashes.Pack(file.Hashes);
        var revision = transaction.NextRevision();
        var added = insert.Add(transaction.NextItem()).Add(job.Value).Add((int)item.Status).Add((int)item.Priority).Add(revision).Add(PackedHashes.Key(file, hashes))
            .Add(file.Target).Add(file.Model?.Value).Add(file.Version.Value).Add(file.File.Value).Add(file.ModelName).Add(file.VersionName).Add(file.FileName).Add(file.Type)
            .Add(file.BaseModel).Add(file.Creator).Add(file.Format).Add(file.Precision).Add(file.Bytes).Add(hashes).Add(file.DownloadUrl).Add(item.Path).Add(item.Status.IsOver ? transaction.Now : null)
            .Insert();
        if (!added) return false;
        transaction.TakeItem();
        transaction.Tally(job, revision).Add(item.Status, file.Bytes ?? 0);
        return true;
    }
}
