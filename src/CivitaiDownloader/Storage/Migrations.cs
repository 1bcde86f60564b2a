using Microsoft.Data.Sqlite;

namespace CivitaiDownloader.Storage;

/// <summary>Brings each feature's tables to the version this program knows. One transaction that excludes other processes: two that start at once do not meet.</summary>
internal static class Migrations
{
    public static void Apply(SqliteConnection connection, string path, IReadOnlyList<SchemaPart> parts)
    {
        if (IsCurrent(connection, parts)) return; // the ordinary start writes nothing
        using var transaction = connection.BeginTransaction(deferred: false);
        Execute(connection, transaction, "CREATE TABLE IF NOT EXISTS schema_part (feature TEXT PRIMARY KEY, version INTEGER NOT NULL) STRICT");
        var found = Versions(connection);
        foreach (var (feature, version) in found)
        {
            var known = parts.FirstOrDefault(part => part.Feature == feature)?.Migrations.Count ?? 0;
            if (version > known) throw StorageErrors.NewerVersion(path, feature, version, known);
        }

        foreach (var part in parts) Upgrade(connection, transaction, part, (int)found.GetValueOrDefault(part.Feature));
        transaction.Commit();
    }

    private static bool IsCurrent(SqliteConnection connection, IReadOnlyList<SchemaPart> parts)
    {
        using var exists = connection.CreateCommand();
        exists.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = 'schema_part'";
        if ((long)exists.ExecuteScalar()! == 0) return false;
        var found = Versions(connection);
        return found.Count == parts.Count && parts.All(part => found.GetValueOrDefault(part.Feature) == part.Migrations.Count);
    }

    private static Dictionary<string, long> Versions(SqliteConnection connection)
    {
        var versions = new Dictionary<string, long>();
        using var query = connection.CreateCommand();
        query.CommandText = "SELECT feature, version FROM schema_part";
        using var row = query.ExecuteReader();
        while (row.Read()) versions[row.GetString(0)] = row.GetInt64(1);
        return versions;
    }

    private static void Upgrade(SqliteConnection connection, SqliteTransaction transaction, SchemaPart part, int from)
    {
        for (var version = from; version < part.Migrations.Count; version++) Execute(connection, transaction, part.Migrations[version]);
        if (from == part.Migrations.Count) return;
        using var note = connection.CreateCommand();
        note.Transaction = transaction;
        note.CommandText = "INSERT INTO schema_part VALUES ($feature, $version) ON CONFLICT (feature) DO UPDATE SET version = excluded.version";
        note.Parameters.AddWithValue("$feature", part.Feature);
        note.Parameters.AddWithValue("$version", part.Migrations.Count);
        note.ExecuteNonQuery();
    }

    private static void Execute(SqliteConnection connection, SqliteTransaction transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
