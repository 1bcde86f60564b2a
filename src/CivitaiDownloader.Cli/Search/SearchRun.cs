using CivitaiDownloader.Catalog;

namespace CivitaiDownloader.Cli.Search;

/// <summary>One search as it is printed.</summary>
internal sealed record SearchRun(SearchQuery Query, SearchReport Report, SearchOutput Output)
{
    /// <summary>What was to be said before the first result.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}
