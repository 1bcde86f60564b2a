using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>The pages a browser is sent to: what ends up as a "model" when a client follows blindly.</summary>
internal static class SitePage
{
    public static Task ShowAsync(ApiCall call)
    {
        call.Exchange.Response.ContentType = "text/html; charset=utf-8";
        return call.Exchange.Response.WriteAsync("<!DOCTYPE html>\n<html><head><title>Sign in | Civitai</title></head><body>Please sign in to continue.</body></html>\n");
    }
}
