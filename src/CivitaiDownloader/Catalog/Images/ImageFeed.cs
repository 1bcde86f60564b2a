using System.Globalization;
using CivitaiDownloader.Catalog.Reading;
using CivitaiDownloader.Http;

namespace CivitaiDownloader.Catalog.Images;

/// <summary>The published pictures (civitai-api 9). For a model's previews prefer those in its own answer; here are prompts.</summary>
public sealed class ImageFeed(ApiReader api, HttpOptions options)
{
    private const int PageSize = 200;
    private static readonly PagedList<ImagePost> Images = new(ApiEndpoint.Images, "The list of pictures", ImagePostReader.Read, image => Number(image.Id)!, ListWalk.ByCursor);

    private readonly CivitaiAddresses _addresses = new(options.Endpoint);
    private readonly EndpointReader _endpoints = new(api, drift: null);

    /// <summary>Follows the list by its cursors. Each picture once; the first come before the next page is asked for.</summary>
    /// <exception cref="CatalogException">The API refuses or cannot be read. What was yielded before is good.</exception>
    /// <exception cref="HttpException">No answer came. What was yielded before is good.</exception>
    public IAsyncEnumerable<ImagePost> ListAsync(ImageQuery query, ListReport report, CacheUse use, CancellationToken cancellationToken = default) =>
        _endpoints.ListAsync(Images, cursor => Address(query, cursor), query.Limit, report, use, cancellationToken);

    private Uri Address(ImageQuery query, string? cursor) => _addresses.Api("images",
        CivitaiAddresses.Limit(query.Limit, PageSize),
        ("modelId", query.Model?.ToString()),
        ("modelVersionId", query.Version?.ToString()),
        ("postId", Number(query.Post)),
        ("imageId", Number(query.Image)),
        ("username", query.Username),
        ("sort", query.Sort),
        ("period", query.Period),
        ("type", query.Type),
        ("baseModels", string.Join(',', query.BaseModels)), // a list in one word, other than on /models
        ("browsingLevel", Number(query.Levels)),
        ("withMeta", query.WithMeta ? "true" : null),
        ("cursor", cursor));

    private static string? Number(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
