using Microsoft.Data.Sqlite;

namespace CivitaiDownloader.Storage;

/// <summary>One open connection to the database, which keeps its statements prepared. Used by one thread at a time.</summary>
public sealed class DatabaseConnection : SqliteConnection
{
    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    internal DatabaseConnection(string connectionString) : base(connectionString) { }

    /// <summary>The command for a text that is used again and again, with its values and within the transaction that is open. It stays the connection's: not disposed by the caller, whose reader is closed before the same text is asked for again.</summary>
    /// <param name="sql">A constant: whatever varies is a parameter.</param>
    /// <param name="values">For the same text always the same names in the same order: they go by their places.</param>
    public SqliteCommand Prepared(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = CreateCommand();
#pragma warning disable CA2100 // constants of the features
            command.CommandText = sql;
#pragma warning restore CA2100
            foreach (var (name, _) in values) command.Parameters.Add(new SqliteParameter { ParameterName = name });
            _prepared.Add(sql, command);
        }

        command.Transaction = Transaction;
        for (var place = 0; place < values.Length; place++) command.Parameters[place].Value = values[place].Value ?? DBNull.Value;
        return command;
    }

    /// <summary>As <see cref="Prepared"/>, carried out.</summary>
    /// <returns>Rows that were changed.</returns>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Prepared(sql, values).ExecuteNonQuery();

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
