using Microsoft.Data.Sqlite;

namespace CivitaiDownloader.Jobs.Store.Sqlite;

/// <summary>The statements of one connection, each prepared once. Values go by position: the same statement always names them in the same order.</summary>
internal sealed class PreparedCommands(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _commands = [];

    public SqliteCommand Get(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!_commands.TryGetValue(sql, out var command)) _commands[sql] = command = Make(sql, values);
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i].Value ?? DBNull.Value;
        return command;
    }

    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Get(sql, values).ExecuteNonQuery();

    public void Dispose()
    {
        foreach (var command in _commands.Values) command.Dispose();
        _commands.Clear();
    }

    private SqliteCommand Make(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, _) in values) command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }
}
