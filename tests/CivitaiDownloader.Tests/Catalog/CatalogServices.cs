using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CivitaiDownloader.Tests.Catalog;

/// <summary>The catalogue put together as a program that uses the library does it, with a database of its own.</summary>
internal sealed class CatalogServices : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceProvider _provider;

    public CatalogServices(Uri endpoint, string? key = null, params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [new("Http:Endpoint", endpoint.AbsoluteUri), new("Http:MaxAttempts", "1"), .. settings.Select(setting => new KeyValuePair<string, string?>(setting.Name, setting.Value))]).Build();
        _provider = new ServiceCollection().AddLogging().AddSingleton(Random.Shared)
            .AddSingleton(_ => Database.Open(_folder["catalog.db"], [HttpSchema.Part, CatalogSchema.Part]))
            .AddHttp(configuration, key is null ? null : new SecretString(key)).AddCatalog().BuildServiceProvider();
    }

    public CivitaiCatalog Catalog => Get<CivitaiCatalog>();

    public T Get<T>() where T : notnull => _provider.GetRequiredService<T>();

    public void Dispose()
    {
        _provider.Dispose();
        _folder.Dispose();
    }
}
