namespace CivitaiDownloader.Catalog.Searching;

/// <summary>Downloads and likes. A count that is hidden or missing is not known to be large or small enough.</summary>
internal static class CountFilters
{
    public static IEnumerable<ModelFilter> For(SearchQuery query)
    {
        if (query.MinDownloads is { } least) yield return new("min-downloads", model => model.Stats.Downloads >= least);
        if (query.MaxDownloads is { } most) yield return new("max-downloads", model => model.Stats.Downloads <= most);
        if (query.MinLikes is { } likes) yield return new("min-likes", model => model.Stats.ThumbsUp >= likes);
        if (query.MinLikeRatio is { } ratio) yield return new("min-like-ratio", model => model.Stats.LikeRatio >= ratio);
    }
}
