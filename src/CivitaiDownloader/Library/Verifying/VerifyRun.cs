using CivitaiDownloader.Library.Hashing;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Storage;
using Microsoft.Data.Sqlite;

namespace CivitaiDownloader.Library.Verifying;

/// <summary>
/// One check of many files, which may take several starts of the program. Every byte is read once in a run; only what this run itself has read before it
/// was interrupted, and what has not been touched since, is not read again. Hashes from elsewhere count for nothing: a disk may have changed its mind.
/// </summary>
public sealed class VerifyRun : IHashMemory
{
    private readonly Database _database;
    private readonly TimeProvider _time;
    private readonly HashCache _cache;
    private readonly long _id;

    internal VerifyRun(Database database, TimeProvider time, long id) => (_database, _time, _cache, _id) = (database, time, new(database, time), id);

    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Whether it was begun by an earlier start of the program.</summary>
    public required bool IsResumed { get; init; }

    /// <summary>When the last run over the same files came to its end; null when none has.</summary>
    public required DateTimeOffset? LastEndedAt { get; init; }

    /// <param name="readers">Files read at a time.</param>
    /// <returns>One for each of <paramref name="files"/>, in their order.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; what was read stays in the run.</exception>
    public Task<IReadOnlyList<HashedFile>> HashAsync(IReadOnlyList<FoundFile> files, int readers, HashMeter meter, CancellationToken cancellationToken) =>
        new FileHashing(this, _time).RunAsync(files, readers, meter, cancellationToken);

    /// <summary>Everything was checked: the next run begins anew.</summary>
    public void End() => _database.Run(connection =>
    {
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "UPDATE verify_run SET ended_at = $at WHERE id = $run; DELETE FROM verify_digest WHERE run_id = $run";
        command.Parameters.AddWithValue("$run", _id);
        command.Parameters.AddWithValue("$at", _time.GetUtcNow().ToUnixTimeMilliseconds());
        command.ExecuteNonQuery();
        transaction.Commit();
    });

    IReadOnlyList<ContentHash?> IHashMemory.Recall(IReadOnlyList<FoundFile> files) => !IsResumed ? new ContentHash?[files.Count] : _database.Run(connection =>
    {
        using var query = connection.CreateCommand();
        query.CommandText = "SELECT sha256 FROM verify_digest WHERE run_id = $run AND path = $path AND bytes = $bytes AND modified = $modified AND inode = $inode";
        query.Parameters.AddWithValue("$run", _id);
        var row = new StampParameters(query);
        return files.Select(file =>
        {
            if (file.Refusal is not null) return null;
            row.Set(file);
            return ContentHash.TryParse(HashKind.Sha256, query.ExecuteScalar() as string, out var sha256) ? sha256 : (ContentHash?)null;
        }).ToArray();
    });

    void IHashMemory.Keep(IReadOnlyList<(FoundFile File, ContentHash Sha256)> hashed)
    {
        _database.Run(connection =>
        {
            using var transaction = connection.BeginTransaction();
            using var insert = connection.CreateCommand();
            insert.Transaction = transaction;
            insert.CommandText = "INSERT OR REPLACE INTO verify_digest (run_id, path, bytes, modified, inode, sha256) VALUES ($run, $path, $bytes, $modified, $inode, $sha256)";
            insert.Parameters.AddWithValue("$run", _id);
            var row = new StampParameters(insert);
            var sha256 = insert.Parameters.Add("$sha256", SqliteType.Text);
            foreach (var (file, hash) in hashed)
            {
                row.Set(file);
                sha256.Value = hash.Hex;
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        });
        _cache.Keep(hashed); // what was just read may as well be named without reading it again
    }
}
