using System.Collections.Concurrent;
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

    public static int? FileOf(HttpRequest request) => request.Path.Value!.Split('/', StringSplitOptions.RemoveEmptyEntries) switch
    {
        ["model", var id, "object"] when int.TryParse(id, out var file) => file,
        ["file", "civitai-modelfiles", "model", var id, "object"] when int.TryParse(id, out var file) => file,
        _ => null,
    };

    public async Task ServeAsync(Exchange exchange)
    {
        var (context, subject, _) = exchange;
        if (subject.File is not { } id || catalogue.File(id) is not { } found)
        {
            await StorageRefusal.NoSuchKey.WriteAsync(context.Response);
            return;
        }

        if (faults.Take(FaultKind.Expired, subject) is not null) links.Revoke(context.Request.Query);
        if (faults.Take(FaultKind.Changed, subject) is not null) _changes.AddOrUpdate(id, 1, (_, changes) => changes + 1);

        if (StorageRefusal.Of(context.Request) is { } refusal) await refusal.WriteAsync(context.Response);
        else if (!links.IsGood(id, context.Request.Query)) await StorageRefusal.Expired(context.Request).WriteAsync(context.Response);
        else if (faults.Take(FaultKind.Page, subject) is not null || found.Model.Id == SampleIds.PageForFile) await PageAsync(context);
        else await FileAsync(exchange, found.File);
    }

    private async Task FileAsync(Exchange exchange, SampleFile file)
    {
        var stored = StoredFile.Of(file, _changes.GetValueOrDefault(file.Id), faults, exchange.Subject);
        var response = exchange.Response;
        var range = stored.IgnoresRanges || IsStale(exchange.Request, stored) ? null : RequestedRange.Read(exchange.Request.Headers.Range, stored.AnnouncedBytes);
        stored.Describe(response);
        if (range is { IsSatisfiable: false })
        {
            response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            response.Headers.ContentRange = $"bytes */{stored.AnnouncedBytes}";
            return;
        }

        var (start, end) = range is null ? (0L, stored.AnnouncedBytes) : (range.Start, range.End);
        if (range is not null)
        {
            response.StatusCode = StatusCodes.Status206PartialContent;
            response.Headers.ContentRange = $"bytes {start + stored.RangeShift}-{end - 1 + stored.RangeShift}/{(stored.HidesLength ? "*" : $"{stored.AnnouncedBytes}")}";
        }

        if (stored is { HidesLength: false, OverrunBytes: 0 }) response.ContentLength = end - start;
        end = Math.Max(start, Math.Min(end + stored.OverrunBytes, stored.Content.Length));
        await writer.WriteAsync(exchange, new(stored.Content, start, end, ledger.Of(file.Id)));
    }

    // RFC 9110, section 13.1.5: a strong tag, or exactly the date.
    private static bool IsStale(HttpRequest request, StoredFile stored) =>
        request.Headers.IfRange.ToString() is { Length: > 0 } known && known != stored.Tag && known != stored.Modified;

    private static async Task PageAsync(HttpContext context)
    {
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync("<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body>Please sign in to continue.</body></html>\n");
    }
}
