namespace CivitaiDownloader.Catalog.Searching;

/// <summary>How the tags of a query are applied.</summary>
/// <param name="Sent">The one the API is asked for; it takes one.</param>
/// <param name="Here">Those that each model is checked for here.</param>
internal sealed record TagPlan(string? Sent, IReadOnlyList<string> Here)
{
    public static readonly TagPlan Empty = new(null, []);

    /// <summary>True when <see cref="Sent"/> stands in no list: unless models turn up that carry it, the API knows it not and gives everything instead.</summary>
    public bool IsDoubtful { get; init; }

    /// <summary>Tags that may have been meant.</summary>
    public IReadOnlyList<string> Near { get; init; } = [];
}
