using System.Collections.Concurrent;
using System.Globalization;
using CivitaiDownloader.Sandbox.Content;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Ledger;
using CivitaiDownloader.Sandbox.Samples;
using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Sandbox.Storage;

/// <summary>The storage host: an S3-like store that gives ranges to who has a good link, and refuses keys and HEAD (civitai-api 8.7).</summary>
internal sealed class StorageSite(SampleCatalogue catalogue, LinkSigner links, FaultBoard faults, RequestLedger ledger, BodyWriter writer)
{
    private readonly ConcurrentDictionary<int, int> _changes = new();

    public static int? FileOf(HttpRequest request) =>
        request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries) is ["model", var id, "object"] && int.TryParse(id, out var file) ? file : null;

    public async Task ServeAsync(HttpContext context)
    {
        var request = context.Request;
        if (FileOf(request) is not { } id || catalogue.File(id) is not { } found)
        {
            await ErrorAsync(context, 404, "NoSuchKey", "The specified key does not exist.");
            return;
        }

        var faultContext = new FaultContext(SandboxSite.Storage, found.Model.Id, ledger.Of(id).Served);
        if (faults.Take(FaultKind.Expired, faultContext) is not null) links.Revoke(request.Query);
        if (faults.Take(FaultKind.Changed, faultContext) is not null) _changes.AddOrUpdate(id, 1, (_, changes) => changes + 1);

        if (request.Method == "HEAD") await ErrorAsync(context, 403, "SignatureDoesNotMatch", "The request signature we calculated does not match the signature you provided.");
        else if (request.Headers.ContainsKey("Authorization")) await ErrorAsync(context, 400, "InvalidRequest", "Missing x-amz-content-sha256");
        else if (!links.IsGood(id, request.Query)) await ErrorAsync(context, 403, "AccessDenied", "Request has expired");
        else if (faults.Take(FaultKind.Page, faultContext) is not null || found.Model.Id == SampleIds.PageForFile) await PageAsync(context);
        else await FileAsync(context, found.File, faultContext);
    }

    private async Task FileAsync(HttpContext context, SampleFile file, FaultContext faultContext)
    {
        var changes = _changes.GetValueOrDefault(file.Id);
        var content = changes == 0 ? file.Content : new GeneratedContent((ulong)(file.Id + changes), file.Content.Length);
        var tag = $"\"{file.Id:x}-{changes:x}-{content.Length:x}\"";
        var response = context.Response;
        response.ContentType = "application/octet-stream";
        response.Headers.AcceptRanges = "bytes";
        if (faults.Take(FaultKind.NoValidator, faultContext) is null)
        {
            response.Headers.ETag = tag;
            response.Headers.LastModified = new DateTimeOffset(2026, 3, 1, 0, 0, changes, TimeSpan.Zero).ToString("R", CultureInfo.InvariantCulture);
        }

        response.Headers.ContentDisposition = $"attachment; filename=\"{HeaderText(file.Name)}\"";
        var ignoreRange = faults.Take(FaultKind.IgnoreRange, faultContext) is not null;
        // A host that announces more than it has does so in every answer, and has nothing to send beyond.
        var missing = faults.Take(FaultKind.TooShort, faultContext)?.Amount ?? (file.Id / 100 == SampleIds.WrongLength ? 1000 : 0);
        var announced = content.Length + missing;
        var range = ignoreRange || IsStale(context.Request, tag) ? null : RequestedRange.Read(context.Request.Headers.Range, announced);
        if (range is { IsSatisfiable: false })
        {
            response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            response.Headers.ContentRange = $"bytes */{announced}";
            return;
        }

        var (start, end) = range is null ? (0L, announced) : (range.Start, range.End);
        var noLength = faults.Take(FaultKind.NoLength, faultContext) is not null;
        if (range is not null)
        {
            var shift = faults.Take(FaultKind.WrongRange, faultContext)?.Amount ?? 0;
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = $"bytes {start + shift}-{end - 1 + shift}/{(noLength ? "*" : announced.ToString(CultureInfo.InvariantCulture))}";
        }

        if (!noLength) response.ContentLength = end - start;
        end = Math.Max(start, Math.Min(end, content.Length));
        await writer.WriteAsync(context, new(file, content, start, end), faultContext);
    }

    private static bool IsStale(HttpRequest request, string tag) => request.Headers.IfRange.ToString() is { Length: > 0 } known && known[0] == '"' && known != tag;

    // Raw UTF-8 in the quoted form, as the real hosts send it; only what would end the header is taken out.
    private static string HeaderText(string name) => new([.. name.Where(c => c is not ('"' or '\r' or '\n' or '\0') && !char.IsControl(c))]);

    private static async Task PageAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync("<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Please sign in to continue.</body></html>\n");
    }

    private static async Task ErrorAsync(HttpContext context, int status, string code, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/xml";
        await context.Response.WriteAsync($"<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>{code}</Code><Message>{message}</Message></Error>");
    }
}
