using System.Net;
using System.Net.Http;

namespace CivitaiDownloader.Http;

/// <summary>The range an answer says it holds (RFC 9110, section 14.4). <paramref name="First"/> and <paramref name="Last"/> are −1 in a 416, which names the size only.</summary>
public readonly record struct ContentRange(long First, long Last, long? Total);

/// <summary>An answer whose headers are in and whose body is read by the caller. Disposing it gives its connection back.</summary>
public sealed class OutboundAnswer : IAsyncDisposable
{
    private const long MostDrainedBytes = 16 * 1024;
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(1);

    private readonly HttpResponseMessage _response;
    private readonly IDisposable _slot;
    private bool _isOpened;
    private bool _isBroken;

    internal OutboundAnswer(HttpResponseMessage response, Uri address, IDisposable slot) => (_response, Address, _slot) = (response, address, slot);

    public HttpStatusCode Status => _response.StatusCode;

    /// <summary>The address that answered, after redirects.</summary>
    public Uri Address { get; }

    /// <summary>The checked target of a redirect that was not followed; null for any other answer.</summary>
    public Uri? Location { get; internal init; }

    /// <summary>Bytes of the body as sent; null when the host does not say.</summary>
    public long? ContentLength => _response.Content.Headers.ContentLength;

    public string? ContentType => _response.Content.Headers.TryGetValues("Content-Type", out var values) ? values.First() : null;

    public string? ContentEncoding => string.Join(", ", _response.Content.Headers.ContentEncoding) is { Length: > 0 } encodings ? encodings : null;

    public ContentRange? ContentRange => _response.Content.Headers.ContentRange is { Unit: "bytes" } range
        ? new(range.From ?? -1, range.To ?? -1, range.Length)
        : null;

    /// <summary>As received, quotes and weakness mark included.</summary>
    public string? ETag => _response.Headers.TryGetValues("ETag", out var values) ? values.First() : null;

    /// <summary>The host's clock, to the second.</summary>
    public DateTimeOffset? Date => _response.Headers.Date;

    public DateTimeOffset? LastModified => _response.Content.Headers.LastModified;

    /// <summary>A wait the host asks for, in seconds or until a date; null when it asks for none.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>The host's, told how a body that is left to the caller goes over HTTP/2; null where nobody is to be told.</summary>
    internal HostPlaces? Places { get; init; }

    /// <summary>The caller says that the body broke off, so that what carried it is not trusted for ever.</summary>
    internal void Broke(Exception failure)
    {
        _isBroken = true;
        if (Places is not null) Http2Failure.Of(failure)?.Tell(Places);
    }

    /// <summary>The body as sent, not decoded; to be read once, and gone with the answer.</summary>
    public Task<Stream> OpenBodyAsync(CancellationToken cancellationToken)
    {
        _isOpened = true;
        return _response.Content.ReadAsStreamAsync(cancellationToken);
    }

    /// <summary>The whole body, not decoded.</summary>
    /// <exception cref="HttpException">It is longer than <paramref name="maxBytes"/>, or its host falls silent for a minute.</exception>
    /// <exception cref="IOException">The connection broke. Also <see cref="HttpRequestException"/>.</exception>
    public async Task<byte[]> ReadBodyAsync(long maxBytes, CancellationToken cancellationToken) =>
        await BoundedBody.ReadAsync(await OpenBodyAsync(cancellationToken), Address, maxBytes, cancellationToken);

    public ValueTask DisposeAsync() => _response.Version.Major >= 2 && !_isOpened && ContentLength is > 0 and <= MostDrainedBytes ? DrainAndDisposeAsync() : DisposeNow();

    private ValueTask DisposeNow()
    {
        if (!_isBroken && _response.Version.Major >= 2) Places?.Protocol.WentThrough();
        _response.Dispose();
        _slot.Dispose();
        return ValueTask.CompletedTask;
    }

    // The few bytes of a redirect's page are read: to let go of a stream before its end is to reset it, and hosts count resets as an attack (CVE-2023-44487).
    private async ValueTask DrainAndDisposeAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(LongestDrain);
            await _response.Content.CopyToAsync(Stream.Null, limit.Token);
        }
        catch (Exception broken) when (broken is OperationCanceledException or IOException or HttpRequestException)
        {
            // Nobody wanted it.
        }

        await DisposeNow();
    }
}
