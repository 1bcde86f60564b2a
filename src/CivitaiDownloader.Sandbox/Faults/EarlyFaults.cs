using System.Globalization;
using System.IO.Compression;
using CivitaiDownloader.Sandbox.Ledger;
using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Sandbox.Faults;

/// <summary>The faults that take the place of an answer, with the bodies Civitai, Cloudflare and an S3 store would send.</summary>
internal sealed class EarlyFaults(FaultBoard board, TimeProvider time)
{
    private const string Json = "application/json; charset=utf-8";
    private const string Html = "text/html; charset=UTF-8";

    /// <returns>Whether the request is answered by that.</returns>
    public async Task<bool> AnswerAsync(HttpContext context, FaultRequest request)
    {
        if (board.Take(FaultKind.Refuse, request) is not null)
        {
            context.Abort();
            return true;
        }

        if (board.Take(FaultKind.Status, request) is { } status) return await StatusAsync(context.Response, request, status);
        if (board.Take(FaultKind.Challenge, request) is not null) return await BodyAsync(context.Response, 403, Html, Page("Just a moment..."));
        return request.Site == SandboxSite.Api && await ApiAsync(context, request);
    }

    private async Task<bool> ApiAsync(HttpContext context, FaultRequest request)
    {
        var response = context.Response;
        if (request.Path.StartsWith("/api/v1", StringComparison.Ordinal) && board.Take(FaultKind.Region, request) is not null)
            return await BodyAsync(response, 451, Json, """{"error":"Access to this service is not available in your region due to legal restrictions.","code":"REGION_BLOCKED"}""");
        if (board.Take(FaultKind.ApiPage, request) is not null) return await BodyAsync(response, 200, Html, Page("Maintenance"));
        if (board.Take(FaultKind.GzipBomb, request) is null) return false;
        await BombAsync(context);
        return true;
    }

    private Task<bool> StatusAsync(HttpResponse response, FaultRequest request, Fault fault)
    {
        var status = (int)fault.Amount;
        response.Headers.RetryAfter = fault.RetryAt is { } away ? time.GetUtcNow().Add(away).ToString("R", CultureInfo.InvariantCulture) : fault.RetryAfter;
        response.Headers.CacheControl = "no-store";
        if (request.Site == SandboxSite.Storage) return BodyAsync(response, status, "application/xml", StorageError(status));
        // These come from Cloudflare in front of the site.
        if (status is 502 or 504 or (>= 520 and <= 524)) return BodyAsync(response, status, Html, Page($"{status}: Web server error"));
        if (status == 429) return BodyAsync(response, status, Html, Page("Error 1015: You are being rate limited"));
        return status >= 500 ? BodyAsync(response, status, Json, FailureOf(request.Path, status)) : BodyAsync(response, status, Json, """{"error":"Server busy, please retry shortly."}""");
    }

    // Each part of the site tells its failures in a form of its own (civitai-api 1.5).
    private static string FailureOf(string path, int status) => path switch
    {
        _ when status == 503 => """{"error":"Server busy, please retry shortly."}""",
        _ when path.StartsWith("/api/v1/model-versions/", StringComparison.Ordinal) => """{"error":"Failed to fetch model version details"}""",
        _ when path.StartsWith("/api/v1/images", StringComparison.Ordinal) => """{"error":"An unexpected error occurred","code":"INTERNAL_SERVER_ERROR"}""",
        _ when path.StartsWith("/api/download/", StringComparison.Ordinal) => """{"error":"URI malformed"}""",
        _ => """{"message":"An unexpected error occurred","error":"canceling statement due to statement timeout"}""",
    };

    private static string StorageError(int status) => status switch
    {
        404 => Xml("NoSuchKey", "The specified key does not exist."),
        429 or 503 => Xml("SlowDown", "Please reduce your request rate."),
        >= 500 => Xml("InternalError", "We encountered an internal error. Please try again."),
        _ => Xml("AccessDenied", "Access Denied"),
    };

    /// <summary>An error as S3-like stores write it.</summary>
    public static string Xml(string code, string message) => $"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>{message}</Message></Error>";

    private static string Page(string title) => $"<!DOCTYPE html>\n<html><head><title>{title}</title></head><body><h1>{title}</h1></body></html>\n";

    private static async Task<bool> BodyAsync(HttpResponse response, int status, string type, string body)
    {
        response.StatusCode = status;
        response.ContentType = type;
        await response.WriteAsync(body);
        return true;
    }

    private static async Task BombAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.ContentEncoding = "gzip";
        await using var gzip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
        var spaces = new byte[1 << 20];
        spaces.AsSpan().Fill((byte)' ');
        for (var mebibytes = 0; mebibytes < 1024; mebibytes++) await gzip.WriteAsync(spaces, context.RequestAborted);
    }
}
