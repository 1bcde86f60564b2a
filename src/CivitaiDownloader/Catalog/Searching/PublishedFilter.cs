namespace CivitaiDownloader.Catalog.Searching;

/// <summary>Dates: the API knows five periods and no dates. As with its periods, a model's date is that of its newest version.</summary>
internal static class PublishedFilter
{
    public static IEnumerable<ModelFilter> For(SearchQuery query)
    {
        if (query.PublishedAfter is { } after) yield return new("published-after", model => model.NewestAt >= after);
        if (query.PublishedBefore is { } before) yield return new("published-before", model => model.NewestAt < before);
    }

    /// <summary>The shortest of the API's periods that holds everything from <paramref name="after"/> on, with room for another idea of a month; null for none.</summary>
    public static string? PeriodFor(DateTimeOffset after, DateTimeOffset now) => (now - after).TotalDays switch
    {
        < 0.9 => "Day",
        < 6.5 => "Week",
        < 27.5 => "Month",
        < 364 => "Year",
        _ => null,
    };
}
