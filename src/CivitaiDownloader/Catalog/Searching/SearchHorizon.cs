namespace CivitaiDownloader.Catalog.Searching;

/// <summary>
/// Where the list is sorted by what a filter bounds, nothing behind the bound can fit: a page that lies wholly beyond it ends the search, not the site's
/// last page.
/// </summary>
internal sealed class SearchHorizon
{
    private readonly Func<Model, bool?> _isBeyond;

    private SearchHorizon(Func<Model, bool?> isBeyond) => _isBeyond = isBeyond;

    /// <summary>Null when the order says nothing about the filters.</summary>
    public static SearchHorizon? Of(SearchQuery query) => query switch
    {
        { Text: not null } => null, // by relevance
        { Sort: "Newest", PublishedAfter: { } after, BaseModels: [] } => new(model => model.NewestAt is { } date ? date < after : null), // versions that are not shown count in the order
        { Sort: "Oldest", PublishedBefore: { } before, BaseModels: [] } => new(model => model.NewestAt is { } date ? date >= before : null),
        _ when SearchParameters.PeriodOf(query) is not (null or "AllTime") => null, // the counts that sort may be those of the period
        { Sort: "Most Downloaded", MinDownloads: { } least } => new(model => model.Stats.Downloads is { } count ? count < least : null),
        { Sort: null or "Highest Rated" or "Most Liked", MinLikes: { } least } => new(model => model.Stats.ThumbsUp is { } count ? count < least : null),
        _ => null,
    };

    public bool IsPassedBy(IReadOnlyList<Model> page)
    {
        var beyond = page.Select(_isBeyond).Where(known => known is not null).ToArray();
        return beyond.Length > 0 && beyond.All(known => known == true);
    }
}
