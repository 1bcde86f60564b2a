using System.Globalization;
using CivitaiDownloader.Sandbox.Content;
using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Sandbox.Storage;

/// <summary>
/// The image host (civitai-api 2.7). The path's second part says which picture, its third how it is wanted, and its last only gives a name: that may say jpeg
/// where the picture is a PNG, as on the site.
/// </summary>
internal sealed class ImageSite(BodyWriter writer)
{
    private const int OriginalWidth = 64;
    private const int MostWidth = 1800;
    private static readonly int[] Widths = [96, 320, 450, 512, 800, 1200, 1600, MostWidth];

    public async Task ServeAsync(Exchange exchange)
    {
        if (exchange.Request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries) is not [_, { Length: 36 } key, var transform, var name]
            || !int.TryParse(key.AsSpan(0, 8), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var id))
        {
            exchange.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var (type, content) = Medium(id, transform.Split(','), Path.GetExtension(name));
        exchange.Response.ContentType = type;
        exchange.Response.Headers.CacheControl = "public, max-age=31536000, immutable";
        exchange.Response.ContentLength = content.Length;
        await writer.WriteAsync(exchange, new(content, 0, content.Length));
    }

    // A clip asked for without its movement is a picture.
    private static (string Type, SampleContent Content) Medium(int id, string[] transform, string extension) => extension switch
    {
        ".mp4" when !transform.Contains("anim=false") => ("video/mp4", new MadeContent(() => ModelFiles.Mp4(id))),
        ".mp3" => ("audio/mpeg", new MadeContent(() => ModelFiles.Mp3(id))),
        _ => ("image/png", new MadeContent(() => ModelFiles.Png(id, WidthOf(transform)))),
    };

    // Widths snap to the next that is kept ready.
    private static int WidthOf(string[] transform)
    {
        var asked = transform.FirstOrDefault(part => part.StartsWith("width=", StringComparison.Ordinal));
        if (asked is null || !int.TryParse(asked.AsSpan("width=".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var width)) return OriginalWidth;
        return Widths.FirstOrDefault(kept => kept >= width, MostWidth);
    }
}
