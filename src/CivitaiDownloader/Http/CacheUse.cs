using System.Net;

namespace CivitaiDownloader.Http;

public enum CacheUse
{
    /// <summary>An answer younger than the lifetime is used; an older one is asked about.</summary>
    Normal,

    /// <summary>Ask the host whatever is kept (<c>--no-cache</c>); its answer is kept.</summary>
    Refresh,
}

/// <summary>A whole answer of the API, decoded.</summary>
public sealed record ApiAnswer(HttpStatusCode Status, ReadOnlyMemory<byte> Body)
{
    public string? ContentType { get; init; }

    public bool FromCache { get; init; }

    /// <summary>When the host gave it, also when it comes from the cache.</summary>
    public DateTimeOffset FetchedAt { get; init; }

    public TimeSpan? RetryAfter { get; init; }
}
