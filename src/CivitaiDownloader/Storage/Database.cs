using CivitaiDownloader.Primitives;
using Microsoft.Data.Sqlite;

namespace CivitaiDownloader.Storage;

/// <summary>
/// The one SQLite file, brought up to date when it is opened. Safe to share between threads and processes: write-ahead log, each thread a connection of its own while it needs one.
/// </summary>
public sealed class Database : IDisposable
{
    private const long LeastSpace = 1 << 20; // of a log and its index

    private const int SqliteBusy = 5;
    private const int SqliteLocked = 6;
    private const int SqliteReadOnly = 8;
    private const int SqliteDiskFault = 10;
    private const int SqliteCorrupt = 11;
    private const int SqliteFull = 13;
    private const int SqliteCannotOpen = 14;
    private const int SqliteNotADatabase = 26;

    private readonly ConnectionPool _pool;
    private readonly GroupCommit _commits;

    private Database(string path)
    {
        Path = path;
        _pool = new(path);
        _commits = new(_pool);
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

    /// <summary>Runs <paramref name="work"/> on a connection; what SQLite reports becomes a <see cref="StorageException"/> with its next step.</summary>
    public T Run<T>(Func<DatabaseConnection, T> work)
    {
        try
        {
            var connection = _pool.Rent();
            try
            {
                var result = work(connection);
                _pool.Return(connection);
                return result;
            }
            catch
            {
                connection.Dispose(); // whatever state it is in
                throw;
            }
        }
        catch (SqliteException failure)
        {
            throw Describe(failure);
        }
    }

    public void Run(Action<DatabaseConnection> work) => Run(connection =>
    {
        work(connection);
        return 0;
    });

    /// <summary>Runs <paramref name="work"/>, which writes and nothing else, in one transaction with what others write at the same moment. Returns when it is committed. The work begins no transaction of its own, and may be run twice.</summary>
    public T Write<T>(Durability durability, Func<DatabaseConnection, T> work)
    {
        try
        {
            return _commits.Run(durability, work);
        }
        catch (SqliteException failure)
        {
            throw Describe(failure);
        }
    }

    public void Write(Durability durability, Action<DatabaseConnection> work) => Write(durability, connection =>
    {
        work(connection);
        return 0;
    });

    public void Dispose()
    {
        _commits.Dispose();
        _pool.Dispose();
    }

    private Exception Describe(SqliteException failure) => failure.SqliteErrorCode switch
    {
        SqliteBusy or SqliteLocked => StorageErrors.Locked(Path, failure),
        SqliteReadOnly or SqliteCannotOpen => StorageErrors.NotWritable(Path, failure),
        SqliteCorrupt or SqliteNotADatabase => StorageErrors.Damaged(Path, failure),
        SqliteFull => StorageErrors.NoSpace(Path, failure),
        SqliteDiskFault when FreeSpace.At(System.IO.Path.GetDirectoryName(Path)!) < LeastSpace => StorageErrors.NoSpace(Path, failure), // to make the log's index fails so
        SqliteDiskFault => StorageErrors.NotWritable(Path, failure),
        _ => failure, // our SQL is wrong: a bug
    };
}
