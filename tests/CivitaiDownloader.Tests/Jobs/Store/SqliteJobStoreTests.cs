using CivitaiDownloader.Jobs;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Jobs.Store.Sqlite;
using CivitaiDownloader.Storage;

namespace CivitaiDownloader.Tests.Jobs.Store;

public sealed class SqliteJobStoreTests : JobStoreContract
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<Database> _databases = [];

    private protected override Task<IJobStore> OpenAsync(TimeProvider time)
    {
        var database = Database.Open(_folder["jobs.db"], [JobsSchema.Part]);
        _databases.Add(database);
        return Task.FromResult<IJobStore>(new SqliteJobStore(database, time));
    }

    public override ValueTask DisposeAsync()
    {
        foreach (var database in _databases) database.Dispose();
        _folder.Dispose();
        return base.DisposeAsync();
    }
}
