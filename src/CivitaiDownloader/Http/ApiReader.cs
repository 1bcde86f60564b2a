using System.Net;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Storage;

namespace CivitaiDownloader.Http;

/// <summary>
/// Asks the API, signed in where a key is there, and keeps good answers; where the network is gone a kept answer of any age stands in.
/// What an answer means is for Catalog to say. Safe from any thread.
/// </summary>
public sealed class ApiReader
{
    // Without a network every question would wait for all its attempts: once is enough for a while.
    private static readonly TimeSpan GoneFor = TimeSpan.FromSeconds(30);

    private readonly Outbound _outbound;
    private readonly HttpOptions _options;
    private readonly ResponseCache _cache;
    private readonly TimeProvider _time;
    private volatile NetworkGone? _gone;

    public ApiReader(Outbound outbound, HttpOptions options, Database database, SecretString? key, TimeProvider time)
    {
        (_outbound, _options, _time) = (outbound, options, time);
        _cache = new(database, key, time);
    }

    /// <summary>What was used of the cache past its lifetime, for whoever tells people.</summary>
    public StaleAnswers Stale { get; } = new();

    /// <summary>Any status is an answer; only a good one of JSON is kept, and a kept one is always a good one.</summary>
    /// <exception cref="HttpException">No answer, one larger than <see cref="HttpOptions.MaxApiAnswerBytes"/>, or offline one that is not kept.</exception>
    /// <exception cref="StorageException">The database of kept answers cannot be read or written.</exception>
    public async Task<ApiAnswer> GetAsync(Uri address, CacheUse use, CancellationToken cancellationToken)
    {
        var isOffline = _options.Offline || use == CacheUse.Offline;
        var isKept = _options.CacheLifetime > TimeSpan.Zero;
        var kept = isKept ? _cache.Find(address) : null;
        if (isOffline && isKept) kept ??= _cache.FindAnonymous(address);
        if (kept is not null && (isOffline || (use == CacheUse.Normal && (IsFresh(kept) || IsGone))))
        {
            _outbound.Counters.CacheHit();
            return FromCache(kept, isOffline, _gone?.Why);
        }

        if (isOffline) throw HttpErrors.NotInCache(address);
        _outbound.Counters.CacheMiss();
        try
        {
            return await AskAsync(address, kept, cancellationToken);
        }
        catch (HttpException failure) when (isKept && use == CacheUse.Normal && MeansGone(failure.Fault) && (kept ?? _cache.FindAnonymous(address)) is { } standIn)
        {
            _gone = new(failure, _time.GetTimestamp());
            return FromCache(standIn, isOffline, failure);
        }
    }

    private bool IsGone => _gone is { } gone && _time.GetElapsedTime(gone.Since) < GoneFor;

    // A refused address or a redirect without end is the host's doing, not the network's: it is told, not covered up. TLS that fails is a network that
    // stands in between (a captive portal, a proxy), or a clock; what is kept came over a good connection.
    private static bool MeansGone(HttpFault fault) => fault is HttpFault.Unreachable or HttpFault.TimedOut or HttpFault.CircuitOpen or HttpFault.TlsFailed or HttpFault.ProxyUnreachable;

    private bool IsFresh(CachedAnswer kept) => _time.GetUtcNow() - kept.FetchedAt < _options.CacheLifetime;

    private async Task<ApiAnswer> AskAsync(Uri address, CachedAnswer? kept, CancellationToken cancellationToken)
    {
        await using var answer = await _outbound.SendAsync(Request(address) with { IfNoneMatch = kept?.ETag }, cancellationToken);
        _gone = null;
        if (answer.Status == HttpStatusCode.NotModified && kept is not null)
        {
            _outbound.Counters.CacheRevalidated();
            kept = kept with { FetchedAt = _time.GetUtcNow() };
            _cache.Keep(address, kept);
            return FromCache(kept, isOffline: false, why: null);
        }

        return await KeepAsync(address, answer, cancellationToken);
    }

    /// <summary>Asks with a JSON body. For look-ups that change nothing there: repeated as a GET would be. The answer is not kept: its address does not say what was asked.</summary>
    /// <exception cref="HttpException">No answer, one larger than <see cref="HttpOptions.MaxApiAnswerBytes"/>, or offline.</exception>
    public async Task<ApiAnswer> PostAsync(Uri address, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        if (_options.Offline) throw HttpErrors.Offline(address);
        await using var answer = await _outbound.SendAsync(Request(address) with { Method = HttpMethod.Post, JsonBody = json }, cancellationToken);
        var body = await answer.ReadBodyAsync(_options.MaxApiAnswerBytes, cancellationToken);
        return new(answer.Status, body) { ContentType = answer.ContentType, FetchedAt = _time.GetUtcNow(), RetryAfter = answer.RetryAfter };
    }

    // Not Brotli: its window alone may be 16 MiB.
    private OutboundRequest Request(Uri address) => new(address) { SignIn = SignIn.WhenAllowed, Sharing = Sharing.Any, Encodings = "gzip", WholeBodyUpTo = _options.MaxApiAnswerBytes };

    private ApiAnswer FromCache(CachedAnswer kept, bool isOffline, HttpException? why)
    {
        var isStale = !IsFresh(kept);
        if (isStale || isOffline) Stale.Note(kept.FetchedAt, isOffline ? null : why);
        return new(HttpStatusCode.OK, kept.Body) { ContentType = kept.ContentType, FromCache = true, IsStale = isStale, FetchedAt = kept.FetchedAt };
    }

    private async Task<ApiAnswer> KeepAsync(Uri address, OutboundAnswer answer, CancellationToken cancellationToken)
    {
        var body = await answer.ReadBodyAsync(_options.MaxApiAnswerBytes, cancellationToken); // in memory and decoded already
        var now = _time.GetUtcNow();
        if (answer.Status == HttpStatusCode.OK && IsJson(answer.ContentType) && !WholeBody.EndsShort(body) && _options.CacheLifetime > TimeSpan.Zero)
            _cache.Keep(address, new(body, answer.ETag, answer.ContentType, now));
        return new(answer.Status, body) { ContentType = answer.ContentType, FetchedAt = now, RetryAfter = answer.RetryAfter };
    }

    private static bool IsJson(string? contentType) => contentType?.Contains("json", StringComparison.OrdinalIgnoreCase) == true;

    private sealed record NetworkGone(HttpException Why, long Since);
}
