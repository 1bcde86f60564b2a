using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;

namespace CivitaiDownloader.Jobs.Store.Sqlite;

/// <summary>The statements of one connection, each prepared once and kept as long as it is open. Values go by position: the same statement always names them in the same order.</summary>
internal sealed class PreparedCommands
{
    private static readonly ConditionalWeakTable<SqliteConnection, PreparedCommands> OfConnections = [];

    private readonly SqliteConnection _connection;
    private readonly Dictionary<string, SqliteCommand> _commands = [];

    private PreparedCommands(SqliteConnection connection) => _connection = connection;

    public static PreparedCommands Of(SqliteConnection connection) => OfConnections.GetValue(connection, opened => new(opened));

    public SqliteConnection Connection => _connection;

    public SqliteCommand Get(string sql, params ReadOnlySpan<(string Name, object? Value)> values)
    {
        if (!_commands.TryGetValue(sql, out var command)) _commands[sql] = command = Make(sql, values);
        for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = values[i].Value ?? DBNull.Value;
        return command;
    }

    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> values) => Get(sql, values).ExecuteNonQuery();

    private SqliteCommand Make(string sql, ReadOnlySpan<(string Name, object? Value)> values)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, _) in values) command.Parameters.Add(new SqliteParameter { ParameterName = name });
        return command;
    }
}
