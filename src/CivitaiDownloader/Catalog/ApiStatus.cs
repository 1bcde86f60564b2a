using System.Net;
using CivitaiDownloader.Catalog.Reading;
using CivitaiDownloader.Http;

namespace CivitaiDownloader.Catalog;

/// <summary>Turns the API's statuses into faults (civitai-api 1.6).</summary>
internal static class ApiStatus
{
    public static void Check(ApiAnswer answer, string what)
    {
        if (answer.Status != HttpStatusCode.OK) throw Describe(answer, what);
    }

    private static CatalogException Describe(ApiAnswer answer, string what)
    {
        var status = (int)answer.Status;
        if (status is 403 or 200 && ErrorBody.IsPage(answer.Body.Span)) return CatalogErrors.PageAnswer(status);
        var said = ErrorBody.Message(answer.Body);
        return status switch
        {
            401 => CatalogErrors.KeyNeeded(what),
            403 => CatalogErrors.AccessRefused(what, said),
            404 => CatalogErrors.NotFound(what, said),
            410 => CatalogErrors.Archived(what),
            429 => CatalogErrors.Throttled(answer.RetryAfter),
            451 => CatalogErrors.RegionBlocked(said),
            >= 500 or 408 => CatalogErrors.ServerFailing(status, said),
            _ => CatalogErrors.InvalidRequest(said),
        };
    }
}
