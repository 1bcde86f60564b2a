using System.Text.Json;
using CivitaiDownloader.Catalog.Reading;
using CivitaiDownloader.Http;

namespace CivitaiDownloader.Catalog.Searching;

/// <summary>Types and base models as the site lists them today.</summary>
public sealed record NameLists(IReadOnlyList<string> Types, IReadOnlyList<string> BaseModels);

/// <summary>Reads <c>/enums</c> (civitai-api 10).</summary>
public sealed class NameReader(ApiReader api, HttpOptions options)
{
    private readonly CivitaiAddresses _addresses = new(options.Endpoint);

    /// <exception cref="CatalogException">The API refuses or cannot be read.</exception>
    public async Task<NameLists> ReadAsync(CacheUse use, CancellationToken cancellationToken)
    {
        const string What = "The list of names";
        var answer = await api.GetAsync(_addresses.Enums, use, cancellationToken);
        ApiStatus.Check(answer, What);
        try
        {
            using var document = PageReader.One(answer.Body);
            return new(document.RootElement.Texts("ModelType"u8), document.RootElement.Texts("BaseModel"u8));
        }
        catch (JsonException unreadable)
        {
            throw ErrorBody.IsPage(answer.Body.Span) ? CatalogErrors.PageAnswer((int)answer.Status) : CatalogErrors.Unreadable(What, unreadable);
        }
    }
}
