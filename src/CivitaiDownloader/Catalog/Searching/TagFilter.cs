namespace CivitaiDownloader.Catalog.Searching;

/// <summary>Tags beyond the one that the API takes, and those it cannot be trusted with.</summary>
internal static class TagFilter
{
    public static IEnumerable<ModelFilter> For(SearchQuery query, TagPlan tags)
    {
        foreach (var tag in tags.Here) yield return new(NameOf(query, tag), model => Carries(model, tag), IsBackstop: tag == tags.Sent);
    }

    // A category is a tag to the API, and not to whoever asked for it.
    private static string NameOf(SearchQuery query, string tag) =>
        query.Categories.Contains(tag) && !query.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase) ? "category" : "tag";

    public static bool Carries(Model model, string tag) => model.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase);
}
