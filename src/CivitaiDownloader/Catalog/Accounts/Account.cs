namespace CivitaiDownloader.Catalog.Accounts;

/// <summary>Whose key it is (civitai-api 10, <c>/me</c>). Null where the site did not say.</summary>
public sealed record Account
{
    public required long Id { get; init; }
    public string? Username { get; init; }

    /// <summary>free, founder, bronze, silver, gold … or something newer.</summary>
    public string? Tier { get; init; }

    /// <summary>active, muted or banned.</summary>
    public string? Status { get; init; }
    public bool? IsMember { get; init; }

    /// <summary>Bit mask of what the key may do; the site does not check it for reading and downloading.</summary>
    public long? TokenScope { get; init; }

    /// <summary>The whole object as served, UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }
    public Provenance? Source { get; init; }
}
