using CivitaiDownloader.Catalog;
using CivitaiDownloader.Catalog.Images;
using CivitaiDownloader.Catalog.Tags;
using CivitaiDownloader.Catalog.Vaults;
using CivitaiDownloader.Http;
using CivitaiDownloader.Storage;
using CivitaiDownloader.Tests.Http;
using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Tests.Catalog;

/// <summary>The catalogue before a host that answers as the test writes down.</summary>
internal sealed class CatalogFixture : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Database _database;
    private readonly Outbound _outbound;

    private CatalogFixture(LocalHost host)
    {
        Host = host;
        _database = Database.Open(_folder["cache.db"], [HttpSchema.Part]);
        var options = TestOutbound.Options(host.Address, set => set.MaxAttempts = 1);
        _outbound = TestOutbound.To(host.Address, set: set => set.MaxAttempts = 1);
        var api = new ApiReader(_outbound, options, _database, null, TimeProvider.System);
        Tags = new(api, options);
        Images = new(api, options);
        Vaults = new(api, options);
        Catalog = new(api, options, Tags);
    }

    public LocalHost Host { get; }

    public CivitaiCatalog Catalog { get; }

    public TagReader Tags { get; }

    public ImageFeed Images { get; }

    public VaultReader Vaults { get; }

    public static async Task<CatalogFixture> AnsweringAsync(RequestDelegate answer) => new(await LocalHost.StartAsync(answer));

    public static Task<CatalogFixture> AnsweringAsync(string json, int status = 200) => AnsweringAsync(context =>
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    });

    public async ValueTask DisposeAsync()
    {
        _outbound.Dispose();
        _database.Dispose();
        await Host.DisposeAsync();
        _folder.Dispose();
    }
}
