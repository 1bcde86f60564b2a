using System.Diagnostics.Metrics;

namespace CivitaiDownloader.Http;

/// <summary>What the feature has done, for this process to read.</summary>
public readonly record struct HttpSnapshot(long Requests, long Retries, long CacheHits, long CacheMisses, long CacheRevalidated);

/// <summary>Counts requests, retries and the cache's hits and misses; also published as the meter <c>CivitaiDownloader.Http</c>.</summary>
public sealed class HttpCounters : IDisposable
{
    private readonly Meter _meter = new("CivitaiDownloader.Http");
    private long _requests;
    private long _retries;
    private long _hits;
    private long _misses;
    private long _revalidated;

    public HttpCounters()
    {
        _meter.CreateObservableCounter("civitai_dl.http.requests", () => Interlocked.Read(ref _requests), "{request}");
        _meter.CreateObservableCounter("civitai_dl.http.retries", () => Interlocked.Read(ref _retries), "{request}");
        _meter.CreateObservableCounter("civitai_dl.http.cache.hits", () => Interlocked.Read(ref _hits), "{answer}");
        _meter.CreateObservableCounter("civitai_dl.http.cache.misses", () => Interlocked.Read(ref _misses), "{answer}");
        _meter.CreateObservableCounter("civitai_dl.http.cache.revalidated", () => Interlocked.Read(ref _revalidated), "{answer}");
    }

    /// <summary>All since the process began.</summary>
    public HttpSnapshot Read() => new(Interlocked.Read(ref _requests), Interlocked.Read(ref _retries),
        Interlocked.Read(ref _hits), Interlocked.Read(ref _misses), Interlocked.Read(ref _revalidated));

    public void Dispose() => _meter.Dispose();

    internal void Requested() => Interlocked.Increment(ref _requests);

    internal void Retried() => Interlocked.Increment(ref _retries);

    internal void CacheHit() => Interlocked.Increment(ref _hits);

    internal void CacheMiss() => Interlocked.Increment(ref _misses);

    internal void CacheRevalidated() => Interlocked.Increment(ref _revalidated);
}
