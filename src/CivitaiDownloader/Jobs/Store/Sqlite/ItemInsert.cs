using CivitaiDownloader.Jobs.Lifecycle;

namespace CivitaiDownloader.Jobs.Store.Sqlite;

/// <summary>Adds items to one job, as many as there are.</summary>
internal sealed class ItemInsert(JobTransaction transaction, JobId job)
{
    private const string Sql = """
        INSERT INTO job_item (id, job_id, status, priority, revision, content_key, target, model_id, version_id, file_id, model_name, version_name, file_name, type, base_model, creator, format, precision,
            bytes, hashes, download_url, path, ended_at)
        VALUES ($id, $job, $status, $priority, $revision, $key, $target, $model, $version, $file, $modelName, $versionName, $fileName, $type, $base, $creator, $format, $precision,
            $bytes, $hashes, $url, $path, $ended)
        ON CONFLICT (job_id, content_key) DO NOTHING
        """;

    // The index of contents is written in no order: half a MiB of cache would have it go to the disk for nearly every row.
    private const int ManyItems = 1000;
    private const int CacheKibibytes = 16 << 10;

    public IReadOnlyList<bool> Insert(IReadOnlyList<NewItem> items)
    {
        if (items.Any(item => item.Status is not (ItemStatus.Pending or ItemStatus.Skipped))) throw new ArgumentException("A new item is pending or skipped.", nameof(items));
        var before = items.Count >= ManyItems ? transaction.Commands.Get("PRAGMA cache_size").ExecuteScalar() : null;
        if (before is not null) transaction.Commands.Execute($"PRAGMA cache_size = -{CacheKibibytes}");
        try
        {
            return [.. items.Select(Insert)];
        }
        finally
        {
            if (before is not null) transaction.Commands.Execute($"PRAGMA cache_size = {before}");
        }
    }

    private bool Insert(NewItem item)
    {
        var file = item.File;
        var hashes = PackedHashes.Pack(file.Hashes);
        var revision = transaction.NextRevision();
        var added = transaction.Commands.Execute(Sql,
            ("$id", transaction.NextItem()), ("$job", job.Value), ("$status", (int)item.Status), ("$priority", (int)item.Priority), ("$revision", revision), ("$key", PackedHashes.Key(file, hashes)),
            ("$target", file.Target), ("$model", file.Model?.Value), ("$version", file.Version.Value), ("$file", file.File.Value), ("$modelName", file.ModelName), ("$versionName", file.VersionName),
            ("$fileName", file.FileName), ("$type", file.Type), ("$base", file.BaseModel), ("$creator", file.Creator), ("$format", file.Format), ("$precision", file.Precision),
            ("$bytes", file.Bytes), ("$hashes", hashes), ("$url", file.DownloadUrl), ("$path", item.Path), ("$ended", item.Status.IsOver ? transaction.Now : null)) > 0;
        if (!added) return false;
        transaction.TakeItem();
        transaction.Tally(job, revision).Add(item.Status, file.Bytes ?? 0);
        return true;
    }
}
