using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CivitaiDownloader.Jobs.Store.Sqlite;

/// <summary>
/// One INSERT for many rows, its values given in the order of its question marks. <see cref="SqliteCommand"/> looks each parameter up by its name for every row,
/// which for 23 columns costs more than the row itself.
/// </summary>
internal sealed class RowInsert : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly sqlite3_stmt _statement;
    private int _column;

    public RowInsert(SqliteConnection connection, string sql)
    {
        _connection = connection;
        SqliteException.ThrowExceptionForRC(raw.sqlite3_prepare_v2(connection.Handle, sql, out _statement), connection.Handle);
    }

    public RowInsert Add(long? value) => Bound(value is { } number ? raw.sqlite3_bind_int64(_statement, ++_column, number) : raw.sqlite3_bind_null(_statement, ++_column));

    public RowInsert Add(string? value) => Bound(value is null ? raw.sqlite3_bind_null(_statement, ++_column) : raw.sqlite3_bind_text(_statement, ++_column, value));

    public RowInsert Add(byte[]? value) => Bound(value is null ? raw.sqlite3_bind_null(_statement, ++_column) : raw.sqlite3_bind_blob(_statement, ++_column, value));

    /// <summary>Inserts what was added, and begins the next row.</summary>
    /// <returns>False when the statement passed it over.</returns>
    public bool Insert()
    {
        _column = 0;
        var result = raw.sqlite3_step(_statement);
        raw.sqlite3_reset(_statement);
        if (result != raw.SQLITE_DONE) SqliteException.ThrowExceptionForRC(result, _connection.Handle);
        return raw.sqlite3_changes(_connection.Handle) > 0;
    }

    public void Dispose() => _statement.Dispose();

    private RowInsert Bound(int result)
    {
        SqliteException.ThrowExceptionForRC(result, _connection.Handle);
        return this;
    }
}
