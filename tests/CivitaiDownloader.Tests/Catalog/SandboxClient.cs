using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Sandbox;
using CivitaiDownloader.Storage;
using CivitaiDownloader.Tests.Http;
using CivitaiDownloader.Transfer;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CivitaiDownloader.Tests.Catalog;

/// <summary>The library as the program puts it together, before a Sandbox: catalogue, links, transfer, with short waits.</summary>
internal sealed class SandboxClient : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Database _database;

    private SandboxClient(Uri endpoint, string? key)
    {
        var options = TestOutbound.Options(endpoint);
        _database = Database.Open(_folder["cache.db"], [HttpSchema.Part]);
        Outbound = TestOutbound.To(endpoint, key);
        var api = new ApiReader(Outbound, options, _database, key is null ? null : new SecretString(key), TimeProvider.System);
        Catalog = new(api, options, new(api, options));
        Links = new(Outbound, options, TimeProvider.System);
    }

    public Outbound Outbound { get; }

    public CivitaiCatalog Catalog { get; }

    public DownloadLinks Links { get; }

    private static CancellationToken Ended => TestContext.Current.CancellationToken;

    public static SandboxClient To(SandboxHost sandbox, string? key = null) => new(sandbox.Api, key);

    public static SandboxClient To(Uri endpoint) => new(endpoint, null);

    public Task<Model> ModelAsync(int id) => Catalog.GetModelAsync(new(id), CacheUse.Refresh, Ended);

    public Task<ModelVersion> VersionAsync(int id) => Catalog.GetVersionAsync(new(id), CacheUse.Refresh, Ended);

    /// <summary>The model as a list shows it.</summary>
    public async Task<Model> ListedAsync(int id) => (await SearchAsync(new() { AllRatings = true })).Found.Single(model => model.Id.Value == id);

    public async Task<(IReadOnlyList<Model> Found, SearchReport Report)> SearchAsync(SearchQuery query)
    {
        var report = new SearchReport();
        return (await Catalog.SearchAsync(query, report, CacheUse.Refresh, Ended).ToListAsync(Ended), report);
    }

    public Task<Uri> LinkAsync(ModelVersion version, ModelFile file) => Links.ResolveAsync(new(version.Id, file, file.Name), Ended);

    /// <summary>A link to the first file of a curated model's first version.</summary>
    public async Task<Uri> LinkAsync(int model)
    {
        var version = (await ModelAsync(model)).Versions[0];
        return await LinkAsync(version, version.Files[0]);
    }

    /// <summary>The whole way of a file: links from the catalogue, bytes from the store, checked.</summary>
    public async Task<StagedFile> FetchAsync(int modelId)
    {
        var version = (await ModelAsync(modelId)).Versions[0];
        var file = version.Files[0];
        var options = new TransferOptions { StallTimeout = TimeSpan.FromSeconds(1), RetryBaseDelay = TimeSpan.FromMilliseconds(10), RetryMaxDelay = TimeSpan.FromMilliseconds(40) };
        var transfer = new FileTransfer(Outbound, options, TimeProvider.System, new Random(1), NullLogger<FileTransfer>.Instance);
        var request = new TransferRequest(new LinkOrigin(this, version, file), file.Name, _folder["file.part"]) { Expected = file.Hashes, EstimatedBytes = file.EstimatedBytes };
        return await transfer.RunAsync(request, new TransferMeter(TimeProvider.System), Ended);
    }

    public void Dispose()
    {
        Outbound.Dispose();
        _database.Dispose();
        _folder.Dispose();
    }

    private sealed class LinkOrigin(SandboxClient client, ModelVersion version, ModelFile file) : IOrigin
    {
        public async ValueTask<Uri> GetLinkAsync(LinkNeed need, CancellationToken cancellationToken) => await client.LinkAsync(version, file);
    }
}
