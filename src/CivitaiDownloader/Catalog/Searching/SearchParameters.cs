using System.Globalization;

namespace CivitaiDownloader.Catalog.Searching;

/// <summary>What of a query the API is asked for, in its words (civitai-api 3.1). Arrays are repeated keys: commas are not split there.</summary>
internal static class SearchParameters
{
    private const int PageSize = 100;

    /// <param name="plan">The tag that is sent.</param>
    /// <param name="isFilteredHere">Then a page brings fewer than it holds, and small pages would mean many.</param>
    public static IEnumerable<(string Name, string? Value)> Of(SearchQuery query, TagPlan plan, bool isFilteredHere)
    {
        yield return ("limit", (isFilteredHere || IsFilteredAfterTheCut(query) ? PageSize : Math.Min(query.Limit ?? PageSize, PageSize)).ToString(CultureInfo.InvariantCulture));
        yield return ("query", query.Text);
        foreach (var type in TypesOf(query)) yield return ("types", type);
        yield return ("checkpointType", query.CheckpointType);
        foreach (var baseModel in query.BaseModels) yield return ("baseModels", baseModel);
        yield return ("tag", plan.Sent);
        yield return ("username", query.Creator);
        yield return ("collectionId", query.Collection?.ToString(CultureInfo.InvariantCulture));
        yield return ("sort", query.Sort);
        yield return ("period", PeriodOf(query));
        if (query.Ratings != ContentRatings.Pg) yield return ("nsfw", "true");
        foreach (var use in LicenseFilters.Sent(query)) yield return ("allowCommercialUse", use);
        foreach (var format in Doubled(query.FileFormats)) yield return ("fileFormats", format);
        if (query.EarlyAccess == Inclusion.Only) yield return ("earlyAccess", "true");
        // Text of any kind is true to the next four, "false" as well.
        if (query.Archived != Inclusion.Exclude) yield return ("archived", "true");
        if (query.SupportsGeneration) yield return ("supportsGeneration", "true");
        if (query.FromPlatform) yield return ("fromPlatform", "true");
        if (query.Followed) yield return ("followed", "true");
        yield return ("availability", query.Availability);
        if (query.PrimaryFileOnly) yield return ("primaryFileOnly", "true");
        if (query.Favorites) yield return ("favorites", "true"); // the mere presence of these two without a session is refused
        if (query.Hidden) yield return ("hidden", "true");
    }

    /// <summary>The period that was asked for, or else the one that spares reading what <see cref="SearchQuery.PublishedAfter"/> would leave out.</summary>
    public static string? PeriodOf(SearchQuery query) =>
        query.Period ?? (query is { PublishedAfter: { } after, AsOf: { } now } ? PublishedFilter.PeriodFor(after, now) : null);

    // Models that are no checkpoints pass the site's filter for them.
    private static IReadOnlyList<string> TypesOf(SearchQuery query) => query is { CheckpointType: not null, Types: [] } ? ["Checkpoint"] : query.Types;

    // A single value is refused: it is no array (civitai-api 3.1).
    private static IEnumerable<string> Doubled(IReadOnlyList<string> values) => values.Count == 1 ? [values[0], values[0]] : values;

    // A text search filters most things only after the page was cut.
    private static bool IsFilteredAfterTheCut(SearchQuery query) =>
        query.Text is not null && (query.Creator is not null || query.BaseModels.Count > 0 || query.Tags.Count > 0 || query.Categories.Count > 0 || query.Period is not null || query.Favorites
            || query.Hidden || query.Followed || query.FromPlatform || query.SupportsGeneration || query.CheckpointType is not null || query.Availability is not null);
}
