using Microsoft.Data.Sqlite;

namespace CivitaiDownloader.Storage;

/// <summary>When what is written has to be on the disk itself.</summary>
public enum Durability
{
    /// <summary>When the call returns: it survives a power cut.</summary>
    Now,

    /// <summary>With the next that has to be, or at the end: a power cut may take it, a kill may not.</summary>
    Later,
}

/// <summary>
/// Open connections to one file: a connection is set up once, its statements are prepared once, and both are used by whoever comes next. Safe from any thread.
/// </summary>
internal sealed class ConnectionPool(string path) : IDisposable
{
    private const int MostKept = 8;

    // Open and close are ours: the provider's own pool would set up and prepare anew each time.
    private readonly string _connectionString = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30, Pooling = false }.ConnectionString;
    private readonly Lock _lock = new(); // guards what follows
    private readonly Stack<DatabaseConnection> _free = [];
    private bool _isDisposed;

    public DatabaseConnection Rent()
    {
        lock (_lock)
        {
            if (_free.TryPop(out var free)) return free;
        }

        return Open(Durability.Now);
    }

    public void Return(DatabaseConnection connection)
    {
        lock (_lock)
        {
            if (!_isDisposed && _free.Count < MostKept)
            {
                _free.Push(connection);
                return;
            }
        }

        connection.Dispose();
    }

    /// <summary>A connection that is nobody else's.</summary>
    public DatabaseConnection Open(Durability durability)
    {
        var connection = new DatabaseConnection(_connectionString);
        try
        {
            connection.Open();
            using var settings = connection.CreateCommand();
            // Half a MiB of cache: memory stays flat. FULL: a row that says a file is placed survives a power cut.
            settings.CommandText = durability == Durability.Now
                ? "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-512; PRAGMA temp_store=MEMORY; PRAGMA busy_timeout=30000;"
                : "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-512; PRAGMA temp_store=MEMORY; PRAGMA busy_timeout=30000;";
            settings.ExecuteNonQuery();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            while (_free.TryPop(out var free)) free.Dispose();
        }
    }
}
