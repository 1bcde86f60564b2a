namespace CivitaiDownloader.Catalog.Creators;

/// <summary>Somebody who has published models (civitai-api 10).</summary>
public sealed record Creator
{
    public required string Username { get; init; }

    /// <summary>0 also where the site leaves it out.</summary>
    public long Models { get; init; }
    public Uri? Picture { get; init; }

    /// <summary>The whole object as served, UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }
    public Provenance? Source { get; init; }
}

/// <param name="Text">What the name must contain; null for all.</param>
/// <param name="Limit">How many at most; null for all there are.</param>
public sealed record CreatorQuery(string? Text = null, long? Limit = null);
