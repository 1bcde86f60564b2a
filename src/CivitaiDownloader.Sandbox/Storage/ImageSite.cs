using System.Globalization;
using CivitaiDownloader.Sandbox.Content;
using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Sandbox.Storage;

/// <summary>The image host. The name's extension says jpeg, as on the site; the picture is a PNG of the width its path asks for (civitai-api 2.7).</summary>
internal sealed class ImageSite(BodyWriter writer)
{
    private const int OriginalWidth = 64;
    private const int MostWidth = 450;

    public async Task ServeAsync(Exchange exchange)
    {
        if (exchange.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries) is not [_, _, var transform, var name]
            || !int.TryParse(Path.GetFileNameWithoutExtension(name), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            exchange.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var picture = new MadeContent(() => ModelFiles.Png(id, Width(transform)));
        exchange.Response.ContentType = "image/png";
        exchange.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        exchange.Response.ContentLength = picture.Length;
        await writer.WriteAsync(exchange, new(picture, 0, picture.Length));
    }

    private static int Width(string transform)
    {
        var asked = transform.Split(',').FirstOrDefault(part => part.StartsWith("width=", StringComparison.Ordinal));
        return asked is not null && int.TryParse(asked.AsSpan("width=".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var width) ? Math.Clamp(width, 1, MostWidth) : OriginalWidth;
    }
}
