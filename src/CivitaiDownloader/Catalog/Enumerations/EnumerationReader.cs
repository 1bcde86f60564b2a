using System.Runtime.InteropServices;
using System.Text.Json;
using CivitaiDownloader.Catalog.Reading;
using CivitaiDownloader.Http;

namespace CivitaiDownloader.Catalog.Enumerations;

/// <summary>Asks which members the enumerations have: the list of base models grows without notice (civitai-api 2.1).</summary>
public sealed class EnumerationReader(ApiReader api, HttpOptions options)
{
    private readonly CivitaiAddresses _addresses = new(options.Endpoint);
    private readonly EndpointReader _endpoints = new(api, drift: null);

    /// <exception cref="CatalogException">The API fails or cannot be read.</exception>
    /// <exception cref="HttpException">No answer came.</exception>
    public Task<PublishedEnumerations> GetAsync(CacheUse use, CancellationToken cancellationToken = default) =>
        _endpoints.OneAsync(new(ApiEndpoint.Enums, _addresses.Api("enums"), "The list of enumerations"), use, ReadEnumerations, cancellationToken);

    internal static PublishedEnumerations? ReadEnumerations(JsonElement json, ReadingContext context) => json.ValueKind != JsonValueKind.Object ? null : new()
    {
        ModelTypes = json.Texts("ModelType"u8),
        FileTypes = json.Texts("ModelFileType"u8),
        ActiveBaseModels = json.Texts("ActiveBaseModel"u8),
        BaseModels = json.Texts("BaseModel"u8),
        BaseModelTypes = json.Texts("BaseModelType"u8),
        Json = JsonMarshal.GetRawUtf8Value(json).ToArray(),
        Source = context.Source,
    };
}
