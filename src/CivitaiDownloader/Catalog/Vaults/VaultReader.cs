using System.Globalization;
using System.Text.Json;
using CivitaiDownloader.Catalog.Reading;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog.Vaults;

/// <summary>The vault of whose key it is (civitai-api 10). Reads only: nothing is put in or taken out.</summary>
public sealed class VaultReader(ApiReader api, HttpOptions options)
{
    private const int PageSize = 60;
    private const int IdsAtOnce = 200; // keeps the address short

    private readonly CivitaiAddresses _addresses = new(options.Endpoint);
    private readonly EndpointReader _endpoints = new(api, drift: null);

    /// <returns>Null for an account without a membership.</returns>
    /// <exception cref="CatalogException">No key that the site accepts (<see cref="CatalogFault.SignInRequired"/>), or the API fails.</exception>
    public async Task<Vault?> FindAsync(CacheUse use, CancellationToken cancellationToken = default) =>
        (await _endpoints.OneAsync(new(ApiEndpoint.Vault, _addresses.Api("vault/get"), "The vault"), use, ReadAnswer, cancellationToken)).Vault;

    /// <summary>What is in it, page by page; empty for an account without a membership.</summary>
    /// <exception cref="CatalogException">No key that the site accepts, or the API fails. What was yielded before is good.</exception>
    public IAsyncEnumerable<VaultItem> ListAsync(VaultQuery query, ListReport report, CacheUse use, CancellationToken cancellationToken = default)
    {
        Task<ItemPage<VaultItem>> Read(string? page, CancellationToken token) =>
            _endpoints.PageAsync(new(ApiEndpoint.VaultItems, Address(query, page), "The vault"), use, VaultItemReader.ReadItem, token);

        return ListWalk.FollowAsync(new PagedList<VaultItem>(Read, ListWalk.ByNumber, item => item.Id.ToString(CultureInfo.InvariantCulture)), query.Limit, report, cancellationToken);
    }

    /// <summary>Which of these versions are in it, one entry for each, in their order as far as the site keeps it.</summary>
    /// <exception cref="CatalogException">No key that the site accepts, or the API fails.</exception>
    public async Task<IReadOnlyList<VaultHolding>> CheckAsync(IEnumerable<ModelVersionId> versions, CacheUse use, CancellationToken cancellationToken = default)
    {
        var holdings = new List<VaultHolding>();
        foreach (var ids in versions.Distinct().Chunk(IdsAtOnce))
        {
            var address = _addresses.Api("vault/check-vault", ("modelVersionIds", string.Join(',', ids)));
            holdings.AddRange(await _endpoints.OneAsync(new(ApiEndpoint.VaultCheck, address, "The vault"), use, VaultItemReader.ReadHoldings, cancellationToken));
        }

        return holdings;
    }

    private static Answer? ReadAnswer(JsonElement json, ReadingContext context)
    {
        if (json.ValueKind != JsonValueKind.Object) return null;
        return json.Get("vault"u8) is not { } vault ? new(null) : VaultItemReader.ReadVault(vault, context) is { } read ? new(read) : null;
    }

    private Uri Address(VaultQuery query, string? page) => _addresses.Api("vault/all",
        ("limit", Math.Min(query.Limit ?? PageSize, PageSize).ToString(CultureInfo.InvariantCulture)),
        ("query", query.Text),
        ("types", string.Join(',', query.Types)), // lists in one word, other than on /models
        ("categories", string.Join(',', query.Categories)),
        ("baseModels", string.Join(',', query.BaseModels)),
        ("sort", query.Sort),
        ("page", page));

    private sealed record Answer(Vault? Vault);
}
