using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>Writes an error: JSON to programs; on the download endpoint plain text, or a page to go to, for what looks like a browser (civitai-api 8.2).</summary>
internal static class RefusalAnswer
{
    private static readonly string[] Browsers = ["mozilla", "chrome", "safari", "firefox", "opera", "edge"];

    public static async Task WriteAsync(ApiCall call, Refused refused)
    {
        var response = call.Exchange.Response;
        if (refused.CacheControl is { } caching) response.Headers.CacheControl = caching;
        if (refused.RetryAfterSeconds is { } seconds) response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        if (!IsBrowserDownload(call.Request))
        {
            await call.SendAsync(refused.Status, Encoding.UTF8.GetBytes(refused.Json));
        }
        else if (refused.Page is { } page)
        {
            response.StatusCode = StatusCodes.Status307TemporaryRedirect;
            response.Headers.Location = page;
        }
        else
        {
            response.StatusCode = refused.Status;
            response.ContentType = "text/plain; charset=utf-8";
            await response.WriteAsync(refused.PlainText);
        }
    }

    private static bool IsBrowserDownload(HttpRequest request)
    {
        var agent = request.Headers.UserAgent.ToString();
        return request.Path.StartsWithSegments("/api/download") && Browsers.Any(name => agent.Contains(name, StringComparison.OrdinalIgnoreCase));
    }
}
