using System.Net;

namespace CivitaiDownloader.Http;

/// <summary>What kept answers are good for.</summary>
public enum CacheUse
{
    /// <summary>An answer younger than the lifetime is used; an older one is asked about, and used all the same when the network is gone.</summary>
    Normal,

    /// <summary>Ask the host whatever is kept (<c>--no-cache</c>); its answer is kept.</summary>
    Refresh,

    /// <summary>Ask nobody (<c>--offline</c>): what is kept is used whatever its age, and what is not is an error (<see cref="HttpFault.NotInCache"/>).</summary>
    Offline,
}

/// <summary>A whole answer of the API, decoded.</summary>
public sealed record ApiAnswer(HttpStatusCode Status, ReadOnlyMemory<byte> Body)
{
    public string? ContentType { get; init; }

    public bool FromCache { get; init; }

    /// <summary>Kept for longer than <see cref="HttpOptions.CacheLifetime"/> and used without asking: offline, or because the network is gone.</summary>
    public bool IsStale { get; init; }

    /// <summary>When the host gave it, or last said that it still holds, also when it comes from the cache.</summary>
    public DateTimeOffset FetchedAt { get; init; }

    /// <summary>A wait the host asks for; null when it asks for none.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
