// The example of docs/api/jobs.md: a test holds the two together, and another runs it.
#region example
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;
using CivitaiDownloader.Jobs;
using CivitaiDownloader.Jobs.Exporting;
using CivitaiDownloader.Jobs.Following;
using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Jobs.Sources;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Library;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Storage;
using CivitaiDownloader.Transfer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

internal static class JobsExample
{
    public static async Task RunAsync(IConfiguration settings, SecretString? key, string databasePath, TextWriter output, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(Random.Shared) // for the jitter of retries
            .AddSingleton(_ => Database.Open(databasePath, [HttpSchema.Part, CatalogSchema.Part, LibrarySchema.Part, JobsSchema.Part]))
            .AddHttp(settings, key).AddCatalog().AddTransfer(settings).AddLibrary(settings).AddJobs()
            .BuildServiceProvider();
        var jobs = services.GetRequiredService<BulkJobs>();
        var catalog = services.GetRequiredService<CivitaiCatalog>();

        // A plan first: what would be fetched, and what may be wrong with it.
        var plan = await jobs.PlanAsync(new()
        {
            Job = new("small LoRAs", new() { Strategy = StrategyKind.Adaptive, BytesPerSecond = 50 << 20 }) { Priority = Priority.High },
            Sources = [new SearchSource(catalog, new() { Types = ["LORA"], Limit = 20 }, CacheUse.Normal)],
            Rules = new() { OnlySafeTensors = true, MaxFiles = 5 },
        }, cancellationToken: cancellationToken);
        output.WriteLine($"{plan.ToFetch.Count} files, {plan.Needed} bytes, {plan.Problems.Count} kinds of problems");

        // The plan is the job. Any process may run it; here it is this one, followed by another task.
        var job = await jobs.CreateAsync(plan, cancellationToken);
        var following = FollowAsync(jobs, job, output, cancellationToken);
        var ended = await jobs.RunAsync(job.Id, run => output.WriteLine($"{run.Running.Count} at a time, {run.Fetched} bytes so far"), cancellationToken);
        await following;

        var statistics = await jobs.StatisticsAsync(job.Id, cancellationToken);
        output.WriteLine($"{ended.Status}: {statistics.Verified} verified, {statistics.BytesFetched} bytes fetched, {statistics.Errors.Count} causes of failure");
        using var csv = new MemoryStream();
        await jobs.ExportAsync(job.Id, JobExportFormat.Csv, csv, cancellationToken);
        output.WriteLine($"{csv.Length} bytes of CSV");
    }

    private static async Task FollowAsync(BulkJobs jobs, JobRecord job, TextWriter output, CancellationToken cancellationToken)
    {
        await foreach (var happened in jobs.FollowAsync(job.Id, cancellationToken))
        {
            if (happened is JobEvent.ItemChanged { Item: var item }) output.WriteLine($"{item.File.FileName}: {item.Status}");
            if (happened is JobEvent.JobChanged { Job: var now }) output.WriteLine($"{now.Counts.Left} left");
        }
    }
}
#endregion
