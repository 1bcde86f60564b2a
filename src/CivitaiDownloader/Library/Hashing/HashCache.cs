using CivitaiDownloader.Primitives;
using CivitaiDownloader.Storage;
using Microsoft.Data.Sqlite;

namespace CivitaiDownloader.Library.Hashing;

/// <summary>Hashes of files as they were when they were last read, valid while a file's stamp is the same (docs/formats/database.md). Good for naming a file; proves nothing about its bytes today.</summary>
internal sealed class HashCache(Database database, TimeProvider time) : IHashMemory
{
    public IReadOnlyList<ContentHash?> Recall(IReadOnlyList<FoundFile> files) => database.Run(connection =>
    {
        using var query = connection.CreateCommand();
        query.CommandText = "SELECT sha256, hashed_at FROM hashed_file WHERE path = $path AND bytes = $bytes AND modified = $modified AND inode = $inode";
        var row = new StampParameters(query);
        return files.Select(file => file.Refusal is null ? Find(query, row, file) : null).ToArray();
    });

    public void Keep(IReadOnlyList<(FoundFile File, ContentHash Sha256)> hashed) => database.Run(connection =>
    {
        using var transaction = connection.BeginTransaction();
        using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        insert.CommandText = "INSERT OR REPLACE INTO hashed_file (path, bytes, modified, inode, sha256, hashed_at) VALUES ($path, $bytes, $modified, $inode, $sha256, $at)";
        var row = new StampParameters(insert);
        var sha256 = insert.Parameters.Add("$sha256", SqliteType.Text);
        insert.Parameters.AddWithValue("$at", time.GetUtcNow().ToUnixTimeMilliseconds());
        foreach (var (file, hash) in hashed)
        {
            row.Set(file);
            sha256.Value = hash.Hex;
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    });

    private static ContentHash? Find(SqliteCommand query, StampParameters row, FoundFile file)
    {
        row.Set(file);
        using var rows = query.ExecuteReader();
        if (!rows.Read() || !file.Stamp.IsSettledAt(DateTimeOffset.FromUnixTimeMilliseconds(rows.GetInt64(1)))) return null;
        return ContentHash.TryParse(HashKind.Sha256, rows.GetString(0), out var sha256) ? sha256 : null;
    }
}
