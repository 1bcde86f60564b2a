using System.Net;
using System.Net.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Storage;

namespace CivitaiDownloader.Http;

/// <summary>Asks the API, signed in where a key is there, and keeps good answers. What an answer means is for Catalog to say.</summary>
public sealed class ApiReader
{
    private readonly Outbound _outbound;
    private readonly HttpOptions _options;
    private readonly ResponseCache _cache;
    private readonly TimeProvider _time;

    public ApiReader(Outbound outbound, HttpOptions options, Database database, SecretString? key, TimeProvider time)
    {
        (_outbound, _options, _time) = (outbound, options, time);
        _cache = new(database, key, time);
    }

    /// <exception cref="HttpException">No answer, or one larger than <see cref="HttpOptions.MaxApiAnswerBytes"/>.</exception>
    public async Task<ApiAnswer> GetAsync(Uri address, CacheUse use, CancellationToken cancellationToken)
    {
        var kept = _options.CacheLifetime > TimeSpan.Zero ? _cache.Find(address) : null;
        if (kept is not null && use == CacheUse.Normal && _time.GetUtcNow() - kept.FetchedAt < _options.CacheLifetime)
        {
            _outbound.Counters.CacheHit();
            return FromCache(kept);
        }

        _outbound.Counters.CacheMiss();
        await using var answer = await _outbound.SendAsync(
            Request(address) with { IfNoneMatch = kept?.ETag }, cancellationToken);
        if (answer.Status == HttpStatusCode.NotModified && kept is not null)
        {
            _outbound.Counters.CacheRevalidated();
            kept = kept with { FetchedAt = _time.GetUtcNow() };
            _cache.Keep(address, kept);
            return FromCache(kept);
        }

        return await ReadAsync(address, answer, cancellationToken);
    }

    // Not Brotli: its window alone may be 16 MiB.
    private static OutboundRequest Request(Uri address) => new(address) { SignIn = SignIn.WhenAllowed, Encodings = "gzip" };

    private static ApiAnswer FromCache(CachedAnswer kept) =>
        new(HttpStatusCode.OK, kept.Body) { ContentType = kept.ContentType, FromCache = true, FetchedAt = kept.FetchedAt };

    private async Task<ApiAnswer> ReadAsync(Uri address, OutboundAnswer answer, CancellationToken cancellationToken)
    {
        var body = await ReadDecodedAsync(answer, cancellationToken);
        var now = _time.GetUtcNow();
        if (answer.Status == HttpStatusCode.OK && IsJson(answer.ContentType) && _options.CacheLifetime > TimeSpan.Zero)
            _cache.Keep(address, new(body, answer.ETag, answer.ContentType, now));
        return new(answer.Status, body) { ContentType = answer.ContentType, FetchedAt = now, RetryAfter = answer.RetryAfter };
    }

    private async Task<byte[]> ReadDecodedAsync(OutboundAnswer answer, CancellationToken cancellationToken)
    {
        try
        {
            var body = await answer.OpenBodyAsync(cancellationToken);
            await using var decoded = BoundedBody.Decode(body, answer.ContentEncoding);
            return await BoundedBody.ReadAsync(decoded, answer.Address, _options.MaxApiAnswerBytes, cancellationToken);
        }
        catch (Exception cut) when (cut is IOException or HttpRequestException or InvalidDataException)
        {
            throw HttpErrors.Unreachable(answer.Address, cut);
        }
    }

    private static bool IsJson(string? contentType) => contentType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true;
}
