namespace CivitaiDownloader.Catalog.Searching;

/// <summary>Everything of a query that is not left to the API, cheapest and most telling first.</summary>
internal static class ClientFilters
{
    public static IReadOnlyList<ModelFilter> For(SearchQuery query, TagPlan tags) =>
    [
        .. TagFilter.For(query, tags),
        .. CreatorFilter.For(query),
        .. RatingFilter.For(query),
        .. PublishedFilter.For(query),
        .. CountFilters.For(query),
        .. LicenseFilters.For(query),
        .. FileFilter.For(query),
        .. EarlyAccessFilter.For(query),
        .. StateFilters.For(query),
        .. query.Filters,
    ];
}
