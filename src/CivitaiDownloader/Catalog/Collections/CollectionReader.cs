using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using CivitaiDownloader.Catalog.Reading;
using CivitaiDownloader.Http;

namespace CivitaiDownloader.Catalog.Collections;

/// <summary>Public collections (civitai-api 10). The site takes 60 of these questions a minute from an address, 120 from a key (1.7).</summary>
public sealed class CollectionReader(ApiReader api, HttpOptions options)
{
    private const int PageSize = 100;
    private const string OnePageOnly = "Most Followers";
    private static readonly PagedList<Collection> Collections = new(ApiEndpoint.Collections, "The list of collections", ReadCollection, collection => collection.Id.ToString(CultureInfo.InvariantCulture), ListWalk.ByCursor);
    private static readonly PagedList<Collection> OnePage = Collections with { Next = (_, _) => null }; // a cursor together with that order is refused

    private readonly CivitaiAddresses _addresses = new(options.Endpoint);
    private readonly EndpointReader _endpoints = new(api, drift: null);

    /// <summary>Follows the list by its cursors; sorted by followers there is one page of at most 100.</summary>
    /// <exception cref="CatalogException">The API refuses or cannot be read. What was yielded before is good.</exception>
    /// <exception cref="HttpException">No answer came. What was yielded before is good.</exception>
    public IAsyncEnumerable<Collection> ListAsync(CollectionQuery query, ListReport report, CacheUse use, CancellationToken cancellationToken = default) =>
        _endpoints.ListAsync(query.Sort == OnePageOnly ? OnePage : Collections, cursor => Address(query, cursor), query.Limit, report, use, cancellationToken);

    /// <exception cref="CatalogException">There is none, it is private (the site does not tell the two apart), or the API fails.</exception>
    /// <exception cref="HttpException">No answer came.</exception>
    public Task<Collection> GetAsync(long id, CacheUse use, CancellationToken cancellationToken = default) =>
        _endpoints.OneAsync(new(ApiEndpoint.Collection, _addresses.Api(string.Create(CultureInfo.InvariantCulture, $"collections/{id}")), $"Collection {id}"), use, ReadCollection, cancellationToken);

    internal static Collection? ReadCollection(JsonElement json, ReadingContext context) => json.Whole("id"u8) is not (> 0 and var id) ? null : new()
    {
        Id = id,
        Name = json.Text("name"u8) ?? $"collection {id}",
        Description = json.Text("description"u8),
        Type = json.Text("type"u8),
        Mode = json.Text("mode"u8),
        NsfwLevel = (int?)json.Whole("nsfwLevel"u8),
        Read = json.Text("read"u8),
        Items = json.Whole("itemCount"u8),
        Cover = Uri.TryCreate(json.Text("coverImageUrl"u8), UriKind.Absolute, out var cover) ? cover : null,
        Owner = json.Get("user"u8)?.Text("username"u8),
        OwnerId = json.Get("user"u8)?.Whole("id"u8),
        Tags = Reconciled.Tags(json),
        Json = JsonMarshal.GetRawUtf8Value(json).ToArray(),
        Source = context.Source,
    };

    private Uri Address(CollectionQuery query, string? cursor) => _addresses.Api("collections",
        CivitaiAddresses.Limit(query.Limit, PageSize),
        ("query", query.Text),
        ("sort", query.Sort),
        ("nsfw", query.AllRatings ? "true" : null),
        ("cursor", cursor));
}
