using System.Runtime.InteropServices;
using System.Text.Json;
using CivitaiDownloader.Catalog.Reading;
using CivitaiDownloader.Http;

namespace CivitaiDownloader.Catalog.Creators;

/// <summary>Who publishes models (civitai-api 10). The site answers here slowly, and often not at all.</summary>
public sealed class CreatorDirectory(ApiReader api, HttpOptions options)
{
    private const int PageSize = 200;
    private static readonly PagedList<Creator> Creators = new(ApiEndpoint.Creators, "The list of creators", ReadCreator, creator => creator.Username, ListWalk.ByNumber);

    private readonly CivitaiAddresses _addresses = new(options.Endpoint);
    private readonly EndpointReader _endpoints = new(api, drift: null);

    /// <summary>Follows the numbered pages to the end; with a text the totals are lower bounds.</summary>
    /// <exception cref="CatalogException">The API refuses or cannot be read. What was yielded before is good.</exception>
    /// <exception cref="HttpException">No answer came. What was yielded before is good.</exception>
    public IAsyncEnumerable<Creator> ListAsync(CreatorQuery query, ListReport report, CacheUse use, CancellationToken cancellationToken = default) =>
        _endpoints.ListAsync(Creators, page => Address(query, page), query.Limit, report, use, cancellationToken);

    internal static Creator? ReadCreator(JsonElement json, ReadingContext context) => json.Text("username"u8) is not { Length: > 0 } name ? null : new()
    {
        Username = name,
        Models = Math.Max(0, json.Whole("modelCount"u8) ?? 0),
        Picture = Uri.TryCreate(json.Text("image"u8), UriKind.Absolute, out var picture) ? picture : null,
        Json = JsonMarshal.GetRawUtf8Value(json).ToArray(),
        Source = context.Source,
    };

    private Uri Address(CreatorQuery query, string? page) => _addresses.Api("creators", CivitaiAddresses.Limit(query.Limit, PageSize), ("query", query.Text), ("page", page));
}
