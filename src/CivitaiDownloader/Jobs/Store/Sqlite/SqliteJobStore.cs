using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Storage;

namespace CivitaiDownloader.Jobs.Store.Sqlite;

/// <summary>Jobs in the home's database (docs/formats/database.md), shared with every other process that has it open.</summary>
public sealed partial class SqliteJobStore : IJobStore
{
    private readonly Database _database;
    private readonly TimeProvider _time;
    private readonly JobWriter _writer;
    private readonly HeldClaims _held = new();

    public SqliteJobStore(Database database, TimeProvider time)
    {
        (_database, _time) = (database, time);
        _writer = new(database, time, DeadRunners.Drop, _held.WriteStages);
    }

    private Task<T> ReadAsync<T>(Func<DatabaseConnection, T> read, CancellationToken cancellationToken) => Task.Run(() => _database.Run(read), cancellationToken);

    private Task<T> WriteAsync<T>(Func<JobTransaction, T> change, CancellationToken cancellationToken) => _writer.RunAsync(change, null, cancellationToken);
}
