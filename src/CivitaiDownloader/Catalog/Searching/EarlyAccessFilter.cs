namespace CivitaiDownloader.Catalog.Searching;

/// <summary>Early access, judged by the version that stands first, which is the one a download takes. The API can only be asked for those that are in it.</summary>
internal static class EarlyAccessFilter
{
    public static IEnumerable<ModelFilter> For(SearchQuery query)
    {
        var now = query.AsOf ?? DateTimeOffset.MinValue; // without a moment, what has a date counts as still closed
        if (query.EarlyAccess == Inclusion.Exclude) yield return new("early-access", model => !MayBeClosed(model, now));
        if (query.EarlyAccess == Inclusion.Only) yield return new("early-access", model => MayBeClosed(model, now), IsBackstop: true);
    }

    private static bool MayBeClosed(Model model, DateTimeOffset now) => model.Versions is [{ EarlyAccess: { } early }, ..] && early.MayBeClosedAt(now);
}
