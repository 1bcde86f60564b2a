// The example of docs/api/catalog.md: a test holds the two together, and another runs it.
#region example
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Catalog.Images;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

internal static class LibraryExample
{
    public static async Task RunAsync(IConfiguration settings, SecretString? key, string databasePath, TextWriter output, CancellationToken cancellationToken)
    {
        await using var services = new ServiceCollection()
            .AddLogging()
            .AddSingleton(Random.Shared) // for the jitter of retries
            .AddSingleton(_ => Database.Open(databasePath, [HttpSchema.Part, CatalogSchema.Part]))
            .AddHttp(settings, key)
            .AddCatalog()
            .BuildServiceProvider();
        var catalog = services.GetRequiredService<CivitaiCatalog>();

        // Pages are fetched while you read; leave the loop when you have enough.
        var report = new SearchReport();
        var query = new SearchQuery { Types = ["LORA"], Sort = "Most Downloaded", Limit = 3 };
        await foreach (var found in catalog.SearchAsync(query, report, CacheUse.Normal, cancellationToken))
            output.WriteLine($"{found.Id}: {found.Name}, {found.Stats.Downloads?.ToString() ?? "?"} downloads");
        output.WriteLine($"{report.Found} of {report.Pages} page(s), {report.Skipped} could not be read");

        var model = await catalog.GetModelAsync(new ModelId(4201), CacheUse.Normal, cancellationToken);
        var file = model.Versions[0].Files.First(one => one.IsPrimary);
        output.WriteLine($"{file.Name}: {file.EstimatedBytes} bytes, fetched {(model.Source!.FromCache ? "before" : "now")}");

        // The same file by what is in it, as for a file found on disk.
        if (file.Sha256 is { } hash)
        {
            var version = await catalog.GetVersionByHashAsync(hash, CacheUse.Normal, cancellationToken);
            output.WriteLine($"{hash} is version {version.Id} of model {version.ModelId}");
        }

        var images = services.GetRequiredService<ImageFeed>();
        await foreach (var image in images.ListAsync(new ImageQuery { Model = model.Id, Limit = 2 }, new ListReport(), CacheUse.Normal, cancellationToken))
            output.WriteLine($"picture {image.Id} by {image.Username}");

        try
        {
            await catalog.GetModelAsync(new ModelId(999), CacheUse.Normal, cancellationToken);
        }
        catch (CatalogException error) when (error.Fault == CatalogFault.NotFound)
        {
            output.WriteLine($"{error.Code}: {error.Message}. {error.Hint}");
        }
    }
}
#endregion
