namespace CivitaiDownloader.Catalog;

/// <summary>Where a record comes from: which endpoint said so, and when.</summary>
/// <param name="FetchedAt">When the site gave the answer, or last said that it still holds; also when it comes from the cache.</param>
public sealed record Provenance(ApiEndpoint Endpoint, DateTimeOffset FetchedAt)
{
    public bool FromCache { get; init; }

    /// <summary>Kept past the cache's lifetime and shown all the same: offline, or because the network is gone.</summary>
    public bool IsStale { get; init; }

    public TimeSpan AgeAt(DateTimeOffset now) => now > FetchedAt ? now - FetchedAt : TimeSpan.Zero;
}
