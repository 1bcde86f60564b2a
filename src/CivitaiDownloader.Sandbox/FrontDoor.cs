using System.IO.Compression;
using CivitaiDownloader.Sandbox.Api;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Ledger;
using CivitaiDownloader.Sandbox.Storage;
using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Sandbox;

/// <summary>Takes every request: notes it, lets go wrong what shall go wrong before an answer, and hands it to its host.</summary>
internal sealed class FrontDoor(SandboxHost host, ApiSite api, StorageSite storage, TimeProvider time)
{
    public async Task ServeAsync(HttpContext context)
    {
        var site = SiteOf(context.Connection.LocalPort);
        var noted = host.Ledger.Note(site, context.Request);
        try
        {
            var faultContext = ContextOf(site, context.Request);
            if (host.Faults.Take(FaultKind.Delay, faultContext) is { } delay) await Task.Delay(TimeSpan.FromMilliseconds(delay.Amount), time, context.RequestAborted);
            if (!await FailedAsync(context, faultContext)) await DispatchAsync(site, context);
        }
        catch (OperationCanceledException)
        {
            // The client hung up.
        }
        finally
        {
            noted.Status = context.Response.StatusCode;
        }
    }

    private Task DispatchAsync(SandboxSite site, HttpContext context) => site switch
    {
        SandboxSite.Storage => storage.ServeAsync(context),
        SandboxSite.Images => ImageSite.ServeAsync(context),
        _ => api.ServeAsync(context, Origins($"{context.Request.Scheme}://{context.Request.Host}"), Origins(Root(host.Api))),
    };

    private async Task<bool> FailedAsync(HttpContext context, FaultContext faultContext)
    {
        var response = context.Response;
        if (host.Faults.Take(FaultKind.RawControl, faultContext) is not null) context.Items[ApiSite.RawControl] = true;
        if (host.Faults.Take(FaultKind.Status, faultContext) is { } status)
        {
            response.StatusCode = (int)status.Amount;
            if (status.RetryAfter is not null) response.Headers.RetryAfter = status.RetryAfter;
            return await BodyAsync(response, "application/json", """{"error":"Server busy, please retry shortly."}""");
        }

        if (host.Faults.Take(FaultKind.Challenge, faultContext) is not null)
        {
            response.StatusCode = 403;
            return await BodyAsync(response, "text/html; charset=UTF-8", "<!DOCTYPE html><html><head><title>Just a moment...</title></head><body></body></html>");
        }

        if (faultContext.Site == SandboxSite.Api && host.Faults.Take(FaultKind.Region, faultContext) is not null)
        {
            response.StatusCode = 451;
            return await BodyAsync(response, "application/json", """{"error":"Access to this service is not available in your region due to legal restrictions.","code":"REGION_BLOCKED"}""");
        }

        if (context.Request.Path.StartsWithSegments("/api/download") && host.Faults.Take(FaultKind.Quota, faultContext) is not null)
        {
            response.StatusCode = 429;
            return await BodyAsync(response, "application/json", """{"error":"We've noticed an unusual amount of downloading from your account. Contact support@civitai.com or come back later."}""");
        }

        if (faultContext.Site == SandboxSite.Api && host.Faults.Take(FaultKind.ApiPage, faultContext) is not null)
            return await BodyAsync(response, "text/html", "<!DOCTYPE html><html><body>Maintenance</body></html>");
        if (faultContext.Site == SandboxSite.Api && host.Faults.Take(FaultKind.GzipBomb, faultContext) is not null) return await BombAsync(context);
        if (faultContext.Site == SandboxSite.Storage && host.Faults.Take(FaultKind.Encoded, faultContext) is not null) response.Headers.ContentEncoding = "gzip";
        return false;
    }

    private static async Task<bool> BodyAsync(HttpResponse response, string type, string body)
    {
        response.ContentType = type;
        await response.WriteAsync(body);
        return true;
    }

    private static async Task<bool> BombAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.ContentEncoding = "gzip";
        await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
        var spaces = new byte[1 << 20];
        spaces.AsSpan().Fill((byte)' ');
        for (var mebibytes = 0; mebibytes < 1024; mebibytes++) await gzip.WriteAsync(spaces, context.RequestAborted);
        return true;
    }

    private SandboxSite SiteOf(int port) => port == host.Api.Port ? SandboxSite.Api : port == host.Storage.Port ? SandboxSite.Storage : SandboxSite.Images;

    private FaultContext ContextOf(SandboxSite site, HttpRequest request)
    {
        if (site != SandboxSite.Storage) return new(site, site == SandboxSite.Api ? api.ModelOf(request) : null, 0);
        return StorageSite.FileOf(request) is { } id ? new(site, host.Catalogue.File(id)?.Model.Id, host.Ledger.Of(id).Served) : new(site, null, 0);
    }

    private Origins Origins(string apiRoot) => new(apiRoot, Root(host.Images));

    private static string Root(Uri origin) => origin.GetLeftPart(UriPartial.Authority);
}
