namespace CivitaiDownloader.Catalog.Searching;

/// <summary>Tags beyond the one that the API takes, and those it cannot be trusted with.</summary>
internal static class TagFilter
{
    public static IEnumerable<ModelFilter> For(IReadOnlyList<string> tags)
    {
        foreach (var tag in tags) yield return new("tag", model => Carries(model, tag));
    }

    public static bool Carries(Model model, string tag) => model.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase);
}
