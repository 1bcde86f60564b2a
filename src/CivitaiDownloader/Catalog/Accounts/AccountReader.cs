using System.Net;
using System.Text.Json;
using CivitaiDownloader.Catalog.Reading;
using CivitaiDownloader.Http;

namespace CivitaiDownloader.Catalog.Accounts;

/// <summary>Asks whose key it is: the one call that tells a good key from a bad one. Elsewhere a bad key is silently no key (civitai-api 1.2).</summary>
public sealed class AccountReader(ApiReader api, HttpOptions options)
{
    private readonly CivitaiAddresses _addresses = new(options.Endpoint);

    /// <returns>Null when the site does not accept the key, or there is none.</returns>
    /// <exception cref="CatalogException">The API fails.</exception>
    public async Task<Account?> FindAsync(CancellationToken cancellationToken)
    {
        const string What = "The account";
        var answer = await api.GetAsync(_addresses.Me, CacheUse.Refresh, cancellationToken);
        if (answer.Status == HttpStatusCode.Unauthorized) return null;
        ApiStatus.Check(answer, What);
        try
        {
            using var document = PageReader.One(answer.Body);
            var json = document.RootElement;
            return json.Whole("id"u8) is not { } id ? throw CatalogErrors.Unreadable(What, null) : new()
            {
                Id = id,
                Username = json.Text("username"u8),
                Tier = json.Text("tier"u8),
                Status = json.Text("status"u8),
                IsMember = json.Flag("isMember"u8),
                TokenScope = json.Whole("tokenScope"u8),
                Json = answer.Body,
            };
        }
        catch (JsonException unreadable)
        {
            throw ErrorBody.IsPage(answer.Body.Span) ? CatalogErrors.PageAnswer((int)answer.Status) : CatalogErrors.Unreadable(What, unreadable);
        }
    }
}
