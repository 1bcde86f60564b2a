using Microsoft.Data.Sqlite;

namespace CivitaiDownloader.Jobs.Store.Sqlite;

/// <summary>Reads the columns of a row one after the other.</summary>
internal struct RowReader(SqliteDataReader row)
{
    private int _column;

    public long Long() => row.GetInt64(_column++);

    public int Int() => row.GetInt32(_column++);

    public string Text() => row.GetString(_column++);

    public long? LongOrNull() => IsNull() ? null : Long();

    public int? IntOrNull() => IsNull() ? null : Int();

    public string? TextOrNull() => IsNull() ? null : Text();

    public byte[]? BytesOrNull() => IsNull() ? null : row.GetFieldValue<byte[]>(_column++);

    /// <summary>From Unix milliseconds.</summary>
    public DateTimeOffset? TimeOrNull() => LongOrNull() is { } milliseconds ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;

    /// <summary>From microseconds.</summary>
    public TimeSpan? SpanOrNull() => LongOrNull() is { } microseconds ? TimeSpan.FromMicroseconds(microseconds) : null;

    private bool IsNull()
    {
        if (!row.IsDBNull(_column)) return false;
        _column++;
        return true;
    }
}
