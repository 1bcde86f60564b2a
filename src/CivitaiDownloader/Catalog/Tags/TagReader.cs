using System.Text.Json;
using CivitaiDownloader.Catalog.Reading;
using CivitaiDownloader.Http;

namespace CivitaiDownloader.Catalog.Tags;

/// <summary>Reads <c>/tags</c> (civitai-api 10).</summary>
public sealed class TagReader(ApiReader api, HttpOptions options)
{
    private const int PageSize = 200; // the most it takes

    // Its totals are always nothing and it never names a next page, yet there are pages. A host that does not page gives the same one again.
    private static readonly PagedList<Tag> Tags = new(ApiEndpoint.Tags, "The list of tags", ReadTag, tag => tag.Name, ListWalk.UntilEmpty) { MostPagesWithoutNews = 1 };

    private readonly CivitaiAddresses _addresses = new(options.Endpoint);
    private readonly EndpointReader _endpoints = new(api, drift: null);

    /// <summary>Tags whose name holds <paramref name="text"/>, all when null; each once, page by page as they are asked for.</summary>
    /// <exception cref="CatalogException">The API refuses or cannot be read. What was yielded before is good.</exception>
    /// <exception cref="HttpException">No answer came. What was yielded before is good.</exception>
    public IAsyncEnumerable<Tag> ListAsync(string? text, ListReport report, CacheUse use, CancellationToken cancellationToken = default) =>
        _endpoints.ListAsync(Tags, page => _addresses.Api("tags", CivitaiAddresses.Limit(null, PageSize), ("page", page ?? "1"), ("query", text)), limit: null, report, use, cancellationToken);

    internal static Tag? ReadTag(JsonElement json, ReadingContext context) => json.Text("name"u8) is { Length: > 0 } name ? new(name, json.Whole("modelCount"u8)) : null;
}
