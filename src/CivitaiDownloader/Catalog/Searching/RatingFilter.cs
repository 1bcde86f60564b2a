namespace CivitaiDownloader.Catalog.Searching;

/// <summary>The API takes safe-for-work or everything; what lies between is chosen here, by the site's own rule: one picture of the rating is enough.</summary>
internal static class RatingFilter
{
    public static IEnumerable<ModelFilter> For(SearchQuery query)
    {
        if (query.Ratings is ContentRatings.Pg or ContentRatings.All) yield break;
        yield return new("rating", model => (Of(model) & query.Ratings) != 0);
    }

    // Records of 2023 have the creator's flag only.
    private static ContentRatings Of(Model model) =>
        (ContentRatings?)model.NsfwLevel ?? (model.Nsfw == true ? ContentRatings.R | ContentRatings.X | ContentRatings.Xxx : ContentRatings.Pg);
}
