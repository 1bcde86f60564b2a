using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using CivitaiDownloader.Sandbox.Content;
using CivitaiDownloader.Sandbox.Ledger;
using CivitaiDownloader.Tests.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CivitaiDownloader.Tests.Transfer.Torture;

/// <summary>An origin without a fault of its own but for what it is told: one file under one tag, by ranges, every body with its length.</summary>
internal sealed class RangeOrigin : IAsyncDisposable
{
    private const string Tag = "\"tortured\"";
    private const int StepBytes = 64 * 1024;

    private readonly SampleContent _content;
    private LocalHost _host = null!;
    private int _overloaded;
    private Func<HttpContext, Task<bool>>? _instead;

    private RangeOrigin(SampleContent content) => _content = content;

    public Uri Address => _host.Address;

    public static string ETag => Tag;

    public IEnumerable<Asked> Requests => _host.Requests;

    /// <summary>Has bytes of the file, from this offset, before they are sent: may change them, or let them wait.</summary>
    public Func<long, Memory<byte>, ValueTask>? BeforeSending { get; set; }

    /// <summary>Bytes of the file that were sent.</summary>
    public Coverage Sent { get; } = new();

    /// <param name="overloaded">So many requests at first are answered with 503.</param>
    /// <param name="instead">Looks at each request first; true when it has answered in the origin's place.</param>
    /// <param name="certificate">For HTTPS; null for HTTP.</param>
    public static async Task<RangeOrigin> StartAsync(SampleContent content, int overloaded = 0, Func<HttpContext, Task<bool>>? instead = null, X509Certificate2? certificate = null)
    {
        var origin = new RangeOrigin(content) { _overloaded = overloaded, _instead = instead };
        origin._host = await LocalHost.StartAsync(origin.AnswerAsync, IPAddress.Loopback, certificate);
        return origin;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        var response = context.Response;
        if (_instead is not null && await _instead(context)) return;
        if (Interlocked.Decrement(ref _overloaded) >= 0)
        {
            (response.StatusCode, response.ContentLength) = (StatusCodes.Status503ServiceUnavailable, 0);
            return;
        }

        (response.Headers.ETag, response.Headers.AcceptRanges, response.ContentType) = (Tag, "bytes", "application/octet-stream");
        var (start, end) = Wanted(context.Request);
        if (start >= end)
        {
            (response.StatusCode, response.ContentLength, response.Headers.ContentRange) = (StatusCodes.Status416RangeNotSatisfiable, 0, $"bytes */{_content.Length}");
            return;
        }

        if (end - start < _content.Length || context.Request.Headers.Range.Count > 0)
            (response.StatusCode, response.Headers.ContentRange) = (StatusCodes.Status206PartialContent, string.Create(CultureInfo.InvariantCulture, $"bytes {start}-{end - 1}/{_content.Length}"));
        response.ContentLength = end - start;
        await SendAsync(context, start, end);
    }

    private (long Start, long End) Wanted(HttpRequest request)
    {
        var whole = (0L, _content.Length);
        if (request.Headers.IfRange.ToString() is { Length: > 0 } known && known != Tag) return whole;
        if (!RangeHeaderValue.TryParse(request.Headers.Range.ToString(), out var ranges) || ranges.Ranges.Single() is not { From: { } from } range) return whole;
        return (from, Math.Min((range.To ?? long.MaxValue - 1) + 1, _content.Length));
    }

    private async Task SendAsync(HttpContext context, long start, long end)
    {
        var output = context.Response.BodyWriter;
        while (start < end)
        {
            var bytes = output.GetMemory(StepBytes)[..(int)Math.Min(StepBytes, end - start)];
            _content.Fill(start, bytes.Span);
            if (BeforeSending is not null) await BeforeSending(start, bytes);
            output.Advance(bytes.Length);
            if ((await output.FlushAsync(context.RequestAborted)).IsCompleted || context.RequestAborted.IsCancellationRequested) return;
            Sent.Add(start, start + bytes.Length);
            start += bytes.Length;
        }
    }
}
