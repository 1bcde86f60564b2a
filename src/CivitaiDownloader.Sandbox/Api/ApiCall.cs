using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CivitaiDownloader.Sandbox.Content;
using CivitaiDownloader.Sandbox.Faults;
using Microsoft.AspNetCore.Http;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>Where addresses in answers point: <see cref="Host"/> follows the Host header, <see cref="Site"/> is the configured address (civitai-api 1.1).</summary>
internal sealed record ApiOrigins(Origins Host, Origins Site);

/// <summary>One call of the API: who calls, and what an answer needs.</summary>
internal sealed record ApiCall(Exchange Exchange, bool IsSignedIn, ApiOrigins Origins)
{
    // As JSON.stringify writes it: everything but control characters and quotes as it is.
    private static readonly JsonWriterOptions AsTheSite = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public required BodyWriter Writer { get; init; }
    public required FaultBoard Faults { get; init; }

    /// <summary>Told every answer in JSON, its status and its bytes; null for nobody.</summary>
    public Action<int, ReadOnlyMemory<byte>>? Keep { get; init; }

    public HttpRequest Request => Exchange.Request;

    public async Task JsonAsync(Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>(16 * 1024);
        using (var json = new Utf8JsonWriter(body, AsTheSite)) write(json);
        var bytes = body.WrittenMemory;
        // The site has sent names with a carriage return as it is, which is not JSON (civitai-api 1.8).
        if (Faults.Take(FaultKind.RawControl, Exchange.Subject) is not null) bytes = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes.Span).Replace("Ink Wash", "Ink\rWash", StringComparison.Ordinal));
        await SendAsync(StatusCodes.Status200OK, bytes);
    }

    public async Task SendAsync(int status, ReadOnlyMemory<byte> json)
    {
        Keep?.Invoke(status, json);
        Exchange.Response.StatusCode = status;
        Exchange.Response.ContentType = "application/json; charset=utf-8";
        if (status == StatusCodes.Status200OK && Faults.Take(FaultKind.EntityTag, Exchange.Subject) is not null && IsKnown(json.Span)) return;
        Exchange.Response.ContentLength = json.Length;
        await Writer.WriteAsync(Exchange, new(new BytesContent(json), 0, json.Length));
    }

    // Weak, as the site's framework makes them: the same for bodies that mean the same.
    private bool IsKnown(ReadOnlySpan<byte> json)
    {
        var tag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(json).AsSpan(0, 8))}\"";
        Exchange.Response.Headers.ETag = tag;
        if (Request.Headers.IfNoneMatch != tag) return false;
        Exchange.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }
}
