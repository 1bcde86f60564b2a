using System.Net;
using CivitaiDownloader.Catalog.Reading;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog;

/// <summary>A file to download, and what to call it in messages.</summary>
public sealed record DownloadTarget(ModelVersionId Version, ModelFile File, string Name);

/// <summary>
/// Asks Civitai for the short-lived address a file can be fetched from, with the key, and turns each refusal into what it means (civitai-api 8).
/// The address goes to another host and is good for a while only: it is never kept.
/// </summary>
public sealed class DownloadLinks(Outbound outbound, HttpOptions options, TimeProvider time)
{
    private const int MostErrorBytes = 256 * 1024;
    private static readonly TimeSpan SecondLook = TimeSpan.FromSeconds(1);

    private readonly CivitaiAddresses _addresses = new(options.Endpoint);

    /// <summary>An address the file can be fetched from now, without the key. A 404 is asked about once more, a second later.</summary>
    /// <exception cref="CatalogException">It is not to be had: sign-in, early access, archived, gone … (civitai-api 8.4).</exception>
    /// <exception cref="HttpException">No answer came.</exception>
    public async Task<Uri> ResolveAsync(DownloadTarget target, CancellationToken cancellationToken)
    {
        foreach (var address in Candidates(target))
        {
            try
            {
                return await AskAsync(address, target, cancellationToken);
            }
            catch (CatalogException refused) when (refused.Fault == CatalogFault.NotFound)
            {
                // Another form of the address may be known.
            }
        }

        // A 404 may be a storage resolver's bad moment, not the file's end: one more look is fair.
        await Task.Delay(SecondLook, time, cancellationToken);
        return await AskAsync(_addresses.Download(target.Version, target.File.Id), target, cancellationToken);
    }

    // By id first; an address as served is needed only for a file that is linked from another version (civitai-api 7.2).
    private IEnumerable<Uri> Candidates(DownloadTarget target)
    {
        var byId = _addresses.Download(target.Version, target.File.Id);
        yield return byId;
        var asServed = _addresses.OnEndpoint(target.File.DownloadUrl);
        if (asServed is not null && asServed != byId && (asServed.Query.Length > 1 || target.File.IsPrimary)) yield return asServed;
    }

    private async Task<Uri> AskAsync(Uri address, DownloadTarget target, CancellationToken cancellationToken)
    {
        await using var answer = await outbound.SendAsync(
            new(address) { SignIn = SignIn.WhenAllowed, Redirects = Redirects.Return, Sharing = Sharing.Any }, cancellationToken);
        if (answer.Location is { } link) return IsLogin(link) ? throw CatalogErrors.SignInRequired(target.Name) : link;
        if (answer.Status == HttpStatusCode.OK && answer.ContentType?.Contains("html", StringComparison.OrdinalIgnoreCase) != true) return address;
        throw await DescribeAsync(answer, target, cancellationToken);
    }

    // A client that looks like a browser is sent to the login page (civitai-api 8.4, 8.6). We do not, but a proxy may make us.
    private bool IsLogin(Uri link) => AddressPolicy.SameOrigin(link, options.Endpoint)
        && (link.AbsolutePath.StartsWith("/login", StringComparison.OrdinalIgnoreCase) || link.Query.Contains("reason=download-auth", StringComparison.OrdinalIgnoreCase));

    private async Task<CatalogException> DescribeAsync(OutboundAnswer answer, DownloadTarget target, CancellationToken cancellationToken)
    {
        var body = await ReadErrorAsync(answer, cancellationToken);
        var status = (int)answer.Status;
        if (status is 200 or 401 or 403 && ErrorBody.IsPage(body)) return CatalogErrors.PageAnswer(status); // other statuses say enough, whoever wrote the page
        var said = ErrorBody.Message(body);
        return status switch
        {
            401 => await WhyUnauthorizedAsync(said, target, cancellationToken),
            403 when said?.Contains("Early Access", StringComparison.OrdinalIgnoreCase) == true =>
                CatalogErrors.EarlyAccess(target.Name, ErrorBody.Instant(body, "deadline"u8)),
            403 => CatalogErrors.AccessRefused(target.Name, said),
            404 => CatalogErrors.FileNotFound(target.Name),
            410 => CatalogErrors.Archived(target.Name),
            429 => answer.RetryAfter is { } wait ? CatalogErrors.Throttled(wait) : CatalogErrors.QuotaReached(said),
            451 => CatalogErrors.RegionBlocked(said),
            >= 500 or 408 => CatalogErrors.ServerFailing(status, said),
            _ => CatalogErrors.InvalidRequest(said),
        };
    }

    /// <summary>The two 401s differ by their text only; with a key, "log in" means that the key is not accepted or that no key will do (civitai-api 8.4).</summary>
    private async Task<CatalogException> WhyUnauthorizedAsync(string? said, DownloadTarget target, CancellationToken cancellationToken)
    {
        if (said?.Contains("disabled downloads", StringComparison.OrdinalIgnoreCase) == true) return CatalogErrors.DownloadsDisabled(target.Name);
        if (!outbound.HasKey) return CatalogErrors.SignInRequired(target.Name);
        await using var me = await outbound.SendAsync(new(_addresses.Me) { SignIn = SignIn.WhenAllowed }, cancellationToken);
        return me.Status == HttpStatusCode.Unauthorized ? CatalogErrors.KeyRejected(target.Name) : CatalogErrors.AccessRefused(target.Name, said);
    }

    private static async Task<byte[]> ReadErrorAsync(OutboundAnswer answer, CancellationToken cancellationToken)
    {
        try
        {
            return await answer.ReadBodyAsync(MostErrorBytes, cancellationToken);
        }
        catch (Exception unreadable) when (unreadable is IOException or HttpException or System.Net.Http.HttpRequestException)
        {
            return []; // the status says enough
        }
    }
}
