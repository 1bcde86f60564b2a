using CivitaiDownloader.Catalog;

namespace CivitaiDownloader.Cli.Search;

/// <summary>One search as it is printed.</summary>
internal sealed record SearchRun(SearchQuery Query, SearchReport Report, SearchOutput Output)
{
    /// <summary>Options that are short for another, by the name of the filter they became: <c>published-after</c> was typed as <c>published-within</c>.</summary>
    public IReadOnlyDictionary<string, string> TypedAs { get; init; } = new Dictionary<string, string>();

    /// <summary>Filters that were applied here, called as they were typed.</summary>
    public IEnumerable<FilteredHere> FilteredHere => Report.FilteredHere.Select(filter => filter with { Filter = TypedAs.GetValueOrDefault(filter.Filter, filter.Filter) });

    /// <summary>What was to be said before the first result.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
