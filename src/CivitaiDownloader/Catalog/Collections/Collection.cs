namespace CivitaiDownloader.Catalog.Collections;

/// <summary>Models, pictures or articles that somebody has put together (civitai-api 10). What is in it the API does not list. Null where the site did not say.</summary>
#pragma warning disable CA1711 // Civitai's own word, and no list in the sense of the framework
public sealed record Collection
#pragma warning restore CA1711
{
    public required long Id { get; init; }

    /// <summary>Hostile text, like the description.</summary>
    public required string Name { get; init; }
    public string? Description { get; init; }

    /// <summary>Model, Image, Article, Post … or something newer; null for a mixed one.</summary>
    public string? Type { get; init; }

    /// <summary>Contest or Bookmark; on a collection's own page only.</summary>
    public string? Mode { get; init; }

    /// <summary>Bit mask as in <see cref="Model.NsfwLevel"/>, of what is in it.</summary>
    public int? NsfwLevel { get; init; }

    /// <summary>Public or Unlisted.</summary>
    public string? Read { get; init; }

    /// <summary>In lists only.</summary>
    public long? Items { get; init; }
    public Uri? Cover { get; init; }
    public string? Owner { get; init; }
    public long? OwnerId { get; init; }

    /// <summary>On a collection's own page only.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>The whole object as served, UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }
    public Provenance? Source { get; init; }
}

/// <summary>Which collections to list. Everything that is null is left open.</summary>
public sealed record CollectionQuery
{
    /// <summary>At most 100 letters.</summary>
    public string? Text { get; init; }

    /// <summary>Newest (default) or Most Followers, of which the site gives the first page only.</summary>
    public string? Sort { get; init; }
    public bool AllRatings { get; init; }

    /// <summary>How many at most; null for all there are.</summary>
    public long? Limit { get; init; }
}
