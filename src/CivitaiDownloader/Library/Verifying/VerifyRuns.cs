using CivitaiDownloader.Storage;
using Microsoft.Data.Sqlite;

namespace CivitaiDownloader.Library.Verifying;

public enum VerifyStart
{
    /// <summary>The unfinished run over the same files, where there is one.</summary>
    GoOn,

    /// <summary>From the first byte.</summary>
    Again,
}

/// <summary>Remembers runs of checks, so that an interrupted one goes on (docs/formats/database.md).</summary>
public sealed class VerifyRuns(Database database, TimeProvider time)
{
    // After that, "checked" would say too much about what was read in the beginning.
    private static readonly TimeSpan LongestRun = TimeSpan.FromDays(7);

    /// <param name="scope">Which files it is about; the same text for the same files.</param>
    public VerifyRun Begin(string scope, VerifyStart start) => database.Run(connection =>
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var now = time.GetUtcNow();
        var found = Find(connection, scope);
        if (found is { EndedAt: null } open && start == VerifyStart.GoOn && now - open.StartedAt < LongestRun)
            return new VerifyRun(database, time, open.Id) { StartedAt = open.StartedAt, IsResumed = true, LastEndedAt = null };
        var id = Renew(connection, scope, now);
        transaction.Commit();
        return new VerifyRun(database, time, id) { StartedAt = now, IsResumed = false, LastEndedAt = found?.EndedAt };
    });

    private static (long Id, DateTimeOffset StartedAt, DateTimeOffset? EndedAt)? Find(SqliteConnection connection, string scope)
    {
        using var query = connection.CreateCommand();
        query.CommandText = "SELECT id, started_at, ended_at FROM verify_run WHERE scope = $scope";
        query.Parameters.AddWithValue("$scope", scope);
        using var row = query.ExecuteReader();
        return row.Read() ? (row.GetInt64(0), At(row.GetInt64(1)), row.IsDBNull(2) ? null : At(row.GetInt64(2))) : null;
    }

    private static long Renew(SqliteConnection connection, string scope, DateTimeOffset now)
    {
        using var command = connection.CreateCommand();
        command.CommandText = """
            DELETE FROM verify_run WHERE scope = $scope OR (ended_at IS NULL AND started_at < $oldest);
            INSERT INTO verify_run (scope, started_at) VALUES ($scope, $now) RETURNING id
            """;
        command.Parameters.AddWithValue("$scope", scope);
        command.Parameters.AddWithValue("$now", now.ToUnixTimeMilliseconds());
        command.Parameters.AddWithValue("$oldest", (now - LongestRun).ToUnixTimeMilliseconds());
        return (long)command.ExecuteScalar()!;
    }

    private static DateTimeOffset At(long milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
}
