namespace CivitaiDownloader.Catalog;

/// <summary>What to search for. Everything that is null or empty is left open.</summary>
public sealed record SearchQuery
{
    public string? Text { get; init; }
    public IReadOnlyList<string> Types { get; init; } = [];
    public IReadOnlyList<string> BaseModels { get; init; } = [];

    /// <summary>An exact tag. The API ignores one that it does not know.</summary>
    public string? Tag { get; init; }
    public string? Creator { get; init; }

    /// <summary>As the API names it (<c>Most Downloaded</c>); ignored by the API together with <see cref="Text"/>.</summary>
    public string? Sort { get; init; }
    public string? Period { get; init; }

    /// <summary>How many models at most; null for all there are.</summary>
    public long? Limit { get; init; }

    /// <summary>All ratings instead of safe-for-work only.</summary>
    public bool AllRatings { get; init; }
}

/// <summary>What a search met on its way; filled while the models are read.</summary>
public sealed class SearchReport
{
    public int Pages { get; internal set; }
    public long Found { get; internal set; }

    /// <summary>Models that came more than once (lists shift while they are paged).</summary>
    public long Duplicates { get; internal set; }

    /// <summary>Items that could not be read.</summary>
    public long Skipped { get; internal set; }

    /// <summary>True when the API's list was read to its end, or the limit was reached.</summary>
    public bool IsComplete { get; internal set; }
}
