using CivitaiDownloader.Sandbox.Content;
using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Sandbox.Storage;

/// <summary>The image host. The name's extension says jpeg, as on the site; the picture is a PNG.</summary>
internal static class ImageSite
{
    public static async Task ServeAsync(HttpContext context)
    {
        var name = Path.GetFileNameWithoutExtension(context.Request.Path.Value!.Split('/')[^1]);
        if (!int.TryParse(name, out var id))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        var picture = ModelFiles.Png(id);
        context.Response.ContentType = "image/png";
        context.Response.ContentLength = picture.Length;
        await context.Response.Body.WriteAsync(picture, context.RequestAborted);
    }
}
