using Microsoft.Data.Sqlite;

namespace CivitaiDownloader.Storage;

/// <summary>One open connection to the database, which keeps its statements prepared. Used by one thread at a time.</summary>
public sealed class DatabaseConnection : SqliteConnection
{
    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    internal DatabaseConnection(string connectionString) : base(connectionString) { }

    /// <summary>The command for a text that is used again and again, without parameters yet and within the transaction that is open. It stays the connection's: not disposed by the caller, whose reader is closed before the same text is asked for again.</summary>
    /// <param name="sql">A constant: whatever varies is a parameter.</param>
    public SqliteCommand Prepared(string sql)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = CreateCommand();
#pragma warning disable CA2100 // constants of the features
            command.CommandText = sql;
#pragma warning restore CA2100
            _prepared.Add(sql, command);
        }

        command.Transaction = Transaction;
        command.Parameters.Clear();
        return command;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (var command in _prepared.Values) command.Dispose();
            _prepared.Clear();
        }

        base.Dispose(disposing);
    }
}
