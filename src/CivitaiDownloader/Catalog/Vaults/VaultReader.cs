using System.Globalization;
using CivitaiDownloader.Catalog.Reading;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog.Vaults;

/// <summary>The vault of whose key it is (civitai-api 10). Reads only: nothing is put in or taken out.</summary>
public sealed class VaultReader(ApiReader api, HttpOptions options)
{
    private const int PageSize = 60;
    private const int IdsAtOnce = 200; // keeps the address short
    private static readonly PagedList<VaultItem> Items = new(ApiEndpoint.VaultItems, "The vault", VaultItemReader.ReadItem, item => item.Id.ToString(CultureInfo.InvariantCulture), ListWalk.ByNumber);

    private readonly CivitaiAddresses _addresses = new(options.Endpoint);
    private readonly EndpointReader _endpoints = new(api, drift: null);

    /// <returns>Null for an account without a membership.</returns>
    /// <exception cref="CatalogException">No key that the site accepts (<see cref="CatalogFault.SignInRequired"/>), or the API fails.</exception>
    /// <exception cref="HttpException">No answer came.</exception>
    public async Task<Vault?> FindAsync(CacheUse use, CancellationToken cancellationToken = default) =>
        (await _endpoints.OneAsync(new(ApiEndpoint.Vault, _addresses.Api("vault/get"), "The vault"), use, VaultItemReader.ReadAnswer, cancellationToken)).Vault;

    /// <summary>What is in it, page by page; empty for an account without a membership.</summary>
    /// <exception cref="CatalogException">No key that the site accepts, or the API fails. What was yielded before is good.</exception>
    /// <exception cref="HttpException">No answer came. What was yielded before is good.</exception>
    public IAsyncEnumerable<VaultItem> ListAsync(VaultQuery query, ListReport report, CacheUse use, CancellationToken cancellationToken = default) =>
        _endpoints.ListAsync(Items, page => Address(query, page), query.Limit, report, use, cancellationToken);

    /// <summary>Which of these versions are in it, in their order as far as the site keeps it: one entry for each, save those that <paramref name="report"/> counts as not readable.</summary>
    /// <exception cref="CatalogException">No key that the site accepts, or the API fails.</exception>
    /// <exception cref="HttpException">No answer came.</exception>
    public async Task<IReadOnlyList<VaultHolding>> CheckAsync(IEnumerable<ModelVersionId> versions, ListReport report, CacheUse use, CancellationToken cancellationToken = default)
    {
        var holdings = new List<VaultHolding>();
        foreach (var ids in versions.Distinct().Chunk(IdsAtOnce))
        {
            var address = _addresses.Api("vault/check-vault", ("modelVersionIds", string.Join(',', ids)));
            var page = await _endpoints.RowsAsync(new(ApiEndpoint.VaultCheck, address, "The vault"), use, VaultItemReader.ReadHolding, cancellationToken);
            report.Count(page);
            holdings.AddRange(page.Items);
        }

        report.Found += holdings.Count;
        report.IsComplete = true;
        return holdings;
    }

    private Uri Address(VaultQuery query, string? page) => _addresses.Api("vault/all",
        CivitaiAddresses.Limit(query.Limit, PageSize),
        ("query", query.Text),
        ("types", string.Join(',', query.Types)), // lists in one word, other than on /models
        ("categories", string.Join(',', query.Categories)),
        ("baseModels", string.Join(',', query.BaseModels)),
        ("sort", query.Sort),
        ("page", page));
}
