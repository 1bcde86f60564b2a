using CivitaiDownloader.Primitives;
using CivitaiDownloader.Storage;
using Microsoft.Data.Sqlite;

namespace CivitaiDownloader.Jobs.Identifying;

/// <summary>An answer as it is kept; no version when nobody had the hash.</summary>
internal sealed record KnownHash(DateTimeOffset AskedAt, IReadOnlyList<IdentifiedVersion> Versions);

/// <summary>What a site has answered about hashes.</summary>
internal sealed class KnownHashes(Database database, string site, TimeProvider time)
{
    private const long Nobody = 0;

    public IReadOnlyDictionary<ContentHash, KnownHash> Find(IReadOnlyCollection<ContentHash> hashes) => database.Run(connection =>
    {
        using var query = connection.CreateCommand();
        query.CommandText = """
            SELECT version_id, model_id, file_id, model_name, model_type, version_name, base_model, asked_at
            FROM known_hash WHERE site = $site AND sha256 = $sha256 ORDER BY version_id
            """;
        query.Parameters.AddWithValue("$site", site);
        var sha256 = query.Parameters.Add("$sha256", SqliteType.Text);
        var known = new Dictionary<ContentHash, KnownHash>();
        foreach (var hash in hashes)
        {
            sha256.Value = hash.Hex;
            if (Read(query) is { } found) known[hash] = found;
        }

        return known;
    });

    /// <summary>Replaces what was known about these hashes.</summary>
    public void Keep(IReadOnlyCollection<(ContentHash Sha256, IReadOnlyList<IdentifiedVersion> Versions)> answers) => database.Run(connection =>
    {
        using var transaction = connection.BeginTransaction();
        using var delete = connection.CreateCommand();
        delete.Transaction = transaction;
        delete.CommandText = "DELETE FROM known_hash WHERE site = $site AND sha256 = $sha256";
        delete.Parameters.AddWithValue("$site", site);
        var sha256 = delete.Parameters.Add("$sha256", SqliteType.Text);
        using var insert = connection.CreateCommand();
        insert.Transaction = transaction;
        var rows = new KnownHashRows(insert, site, time.GetUtcNow());
        foreach (var (hash, versions) in answers)
        {
            sha256.Value = hash.Hex;
            delete.ExecuteNonQuery();
            if (versions.Count == 0) rows.Insert(hash, new(new(Nobody), null));
            foreach (var version in versions) rows.Insert(hash, version);
        }

        transaction.Commit();
    });

    private static KnownHash? Read(SqliteCommand query)
    {
        using var row = query.ExecuteReader();
        DateTimeOffset? askedAt = null;
        var versions = new List<IdentifiedVersion>();
        while (row.Read())
        {
            askedAt = DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(7));
            if (row.GetInt64(0) == Nobody) continue;
            versions.Add(new(new(row.GetInt64(0)), row.IsDBNull(1) ? null : new ModelId(row.GetInt64(1)))
            {
                File = row.IsDBNull(2) ? null : new FileId(row.GetInt64(2)),
                ModelName = Text(row, 3), ModelType = Text(row, 4), VersionName = Text(row, 5), BaseModel = Text(row, 6),
            });
        }

        return askedAt is { } at ? new(at, versions) : null;
    }

    private static string? Text(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);
}
