using Microsoft.Data.Sqlite;

namespace CivitaiDownloader.Storage;

/// <summary>
/// The one SQLite file, brought up to date when it is opened. Safe to share between threads and processes: write-ahead log, each user its own connection.
/// </summary>
public sealed class Database : IDisposable
{
    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteReadOnly = 8;
    private const int SqliteDiskFault = 10;
    private const int SqliteCorrupt = 11;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;
    private const int SqliteNotADatabase = 26;

    private readonly string _connectionString;

    private Database(string path)
    {
        Path = path;
        _connectionString = new SqliteConnectionStringBuilder { DataSource = path, DefaultTimeout = 30 }.ConnectionString;
    }

    public string Path { get; }

    /// <summary>Opens the file at <paramref name="path"/>, making it and its tables when they are not there.</summary>
    /// <exception cref="StorageException">It is of a newer version, damaged, or cannot be written. Nothing was changed.</exception>
    public static Database Open(string path, IEnumerable<SchemaPart> parts)
    {
        SQLitePCL.Batteries_V2.Init();
        var database = new Database(path);
        database.Run(connection => Migrations.Apply(connection, path, [.. parts]));
        return database;
    }

    /// <summary>An open connection of the caller's own; dispose it soon.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var settings = connection.CreateCommand();
        // Half a MiB of cache: memory stays flat. FULL: a row that says a file is placed survives a power cut.
        settings.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA cache_size=-512; PRAGMA temp_store=MEMORY; PRAGMA busy_timeout=30000;";
        settings.ExecuteNonQuery();
        return connection;
    }

    /// <summary>Runs <paramref name="work"/> on a connection; what SQLite reports becomes a <see cref="StorageException"/> with its next step.</summary>
    public T Run<T>(Func<SqliteConnection, T> work)
    {
        try
        {
            using var connection = Connect();
            return work(connection);
        }
        catch (SqliteException failure)
        {
            throw Describe(failure);
        }
    }

    public void Run(Action<SqliteConnection> work) => Run(connection =>
    {
        work(connection);
        return 0;
    });

    public void Dispose()
    {
        using var any = new SqliteConnection(_connectionString);
        SqliteConnection.ClearPool(any);
    }

    private Exception Describe(SqliteException failure) => failure.SqliteErrorCode switch
    {
        SqliteBusy or SqliteLocked => StorageErrors.Locked(Path, failure),
        SqliteReadOnly or SqliteCannotOpen => StorageErrors.NotWritable(Path, failure),
        SqliteCorrupt or SqliteNotADatabase => StorageErrors.Damaged(Path, failure),
        SqliteFull => StorageErrors.NoSpace(Path, failure),
        SqliteDiskFault => StorageErrors.NotWritable(Path, failure),
        _ => failure, // our SQL is wrong: a bug
    };
}
