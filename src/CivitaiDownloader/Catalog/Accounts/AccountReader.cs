using System.Runtime.InteropServices;
using System.Text.Json;
using CivitaiDownloader.Catalog.Reading;
using CivitaiDownloader.Http;

namespace CivitaiDownloader.Catalog.Accounts;

/// <summary>Asks whose key it is: the one call that tells a good key from a bad one. Elsewhere a bad key is silently no key (civitai-api 1.2).</summary>
public sealed class AccountReader(ApiReader api, HttpOptions options)
{
    private readonly CivitaiAddresses _addresses = new(options.Endpoint);
    private readonly EndpointReader _endpoints = new(api, drift: null);

    /// <summary>Asks the site itself: a kept answer does not say whether the key is still good.</summary>
    /// <returns>Null when the site does not accept the key, or there is none.</returns>
    /// <exception cref="CatalogException">The API fails.</exception>
    /// <exception cref="HttpException">No answer came.</exception>
    public async Task<Account?> FindAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _endpoints.OneAsync(new(ApiEndpoint.Me, _addresses.Me, "The account"), CacheUse.Refresh, ReadAccount, cancellationToken);
        }
        catch (CatalogException refused) when (refused.Fault == CatalogFault.SignInRequired)
        {
            return null;
        }
    }

    internal static Account? ReadAccount(JsonElement json, ReadingContext context) => json.Whole("id"u8) is not { } id ? null : new()
    {
        Id = id,
        Username = json.Text("username"u8),
        Tier = json.Text("tier"u8),
        Status = json.Text("status"u8),
        IsMember = json.Flag("isMember"u8),
        TokenScope = json.Whole("tokenScope"u8),
        Json = JsonMarshal.GetRawUtf8Value(json).ToArray(),
        Source = context.Source,
    };
}
