using CivitaiDownloader.Storage;
using Microsoft.Data.Sqlite;

namespace CivitaiDownloader.Catalog.Drift;

/// <summary>
/// What of the API has drifted: fields and members of enumerations that are not in what is known of it (civitai-api 2.1, 3–5), counted and kept over runs.
/// Counts gather in memory and are written now and then and at the end; a process that is killed loses its last few. Safe from any thread.
/// </summary>
public sealed class ApiDrift(Database database, TimeProvider time) : IDisposable
{
    /// <summary>Rows in all; what is new beyond them counts as one name.</summary>
    private const int MostNames = 500;
    private const string OtherNames = "(more names)";
    private const int AnswersBetweenWrites = 64;

    private readonly Lock _lock = new(); // guards what follows
    private readonly Dictionary<(string Endpoint, string Kind, string Name), Pending> _pending = [];
    private int _answers;

    /// <summary>Everything seen so far, the latest first.</summary>
    /// <exception cref="StorageException">The database cannot be read or written.</exception>
    public IReadOnlyList<DriftEntry> Seen()
    {
        lock (_lock) Write_NeedsLock();
        return database.Run(connection =>
        {
            using var query = connection.CreateCommand();
            query.CommandText = "SELECT endpoint, kind, name, count, first_seen, last_seen FROM api_drift ORDER BY last_seen DESC, count DESC, endpoint, name";
            using var row = query.ExecuteReader();
            var entries = new List<DriftEntry>();
            while (row.Read()) entries.Add(new(row.GetString(0), row.GetString(1), row.GetString(2), row.GetInt64(3), Instant(row.GetInt64(4)), Instant(row.GetInt64(5))));
            return entries;
        });
    }

    /// <summary>Writes what is pending, if the database lets it.</summary>
    public void Dispose()
    {
        lock (_lock) TryWrite_NeedsLock();
    }

    internal void Add(ApiEndpoint endpoint, DriftTally tally)
    {
        if (tally.Counts.Count == 0) return;
        var now = time.GetUtcNow();
        lock (_lock)
        {
            foreach (var ((kind, name), count) in tally.Counts)
            {
                var key = (endpoint.Path, kind, name);
                _pending[key] = _pending.TryGetValue(key, out var before) ? before with { Count = before.Count + count, Last = now } : new(count, now, now);
            }

            if (++_answers % AnswersBetweenWrites == 0) TryWrite_NeedsLock();
        }
    }

    // Nobody's search fails because a curiosity could not be noted.
    private void TryWrite_NeedsLock()
    {
        try
        {
            Write_NeedsLock();
        }
        catch (StorageException)
        {
            _pending.Clear();
        }
    }

    private void Write_NeedsLock()
    {
        if (_pending.Count == 0) return;
        database.Run(connection =>
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            var names = Count(connection, transaction);
            foreach (var ((endpoint, kind, name), seen) in _pending)
            {
                if (Update(connection, transaction, (endpoint, kind, name), seen)) continue;
                var kept = names++ < MostNames ? name : OtherNames;
                if (kept == name || !Update(connection, transaction, (endpoint, kind, kept), seen)) Insert(connection, transaction, (endpoint, kind, kept), seen);
            }

            transaction.Commit();
        });
        _pending.Clear();
    }

    private static long Count(SqliteConnection connection, SqliteTransaction transaction)
    {
        using var count = connection.CreateCommand();
        count.Transaction = transaction;
        count.CommandText = "SELECT count(*) FROM api_drift";
        return (long)count.ExecuteScalar()!;
    }

    private static bool Update(SqliteConnection connection, SqliteTransaction transaction, (string, string, string) key, Pending seen) => Execute(connection, transaction, key, seen,
        "UPDATE api_drift SET count = count + $count, last_seen = $last WHERE endpoint = $endpoint AND kind = $kind AND name = $name") > 0;

    private static void Insert(SqliteConnection connection, SqliteTransaction transaction, (string, string, string) key, Pending seen) => Execute(connection, transaction, key, seen,
        "INSERT INTO api_drift (endpoint, kind, name, count, first_seen, last_seen) VALUES ($endpoint, $kind, $name, $count, $first, $last)");

    private static int Execute(SqliteConnection connection, SqliteTransaction transaction, (string Endpoint, string Kind, string Name) key, Pending seen, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.Parameters.AddWithValue("$endpoint", key.Endpoint);
        command.Parameters.AddWithValue("$kind", key.Kind);
        command.Parameters.AddWithValue("$name", key.Name);
        command.Parameters.AddWithValue("$count", seen.Count);
        command.Parameters.AddWithValue("$first", seen.First.ToUnixTimeMilliseconds());
        command.Parameters.AddWithValue("$last", seen.Last.ToUnixTimeMilliseconds());
        return command.ExecuteNonQuery();
    }

    private static DateTimeOffset Instant(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);

    private sealed record Pending(long Count, DateTimeOffset First, DateTimeOffset Last);
}
