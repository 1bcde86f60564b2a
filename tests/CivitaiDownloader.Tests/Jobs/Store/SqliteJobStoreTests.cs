using CivitaiDownloader.Jobs;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Jobs.Store.Sqlite;
using CivitaiDownloader.Storage;
using Xunit;

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

    [Fact]
    public async Task An_item_takes_less_than_a_kibibyte()
    {
        const int items = 5000;
        var before = Bytes();
        var job = await JobAsync(JobSamples.Items(items));
        for (var number = 0; number < items; number += 100)
        {
            await Task.WhenAll((await ClaimAsync(JobSamples.Runner(), 100, job)).Select(claim => Store.EndAsync(claim, JobSamples.Completed((int)claim.Item.Id.Value), Cancellation)));
        }

        Assert.Equal(items, (await ShowAsync(job)).Counts.Completed);
        Assert.InRange((Bytes() - before) / items, 100, 1023);
    }

    private long Bytes() => _databases[0].Run(connection =>
    {
        using var size = connection.CreateCommand();
        size.CommandText = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()";
        return (long)size.ExecuteScalar()!;
    });

    public override ValueTask DisposeAsync()
    {
        foreach (var database in _databases) database.Dispose();
        _folder.Dispose();
        return base.DisposeAsync();
    }
}
