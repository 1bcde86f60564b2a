using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog.Searching;

/// <summary>Where in the results a page begins.</summary>
/// <param name="Ids">The portion of the models asked for; null when any will do.</param>
/// <param name="Cursor">Null for the first page.</param>
internal sealed record SearchPosition(IReadOnlyList<ModelId>? Ids, string? Cursor)
{
    private const int PortionSize = 100; // one page, and an address that every proxy takes

    /// <summary>Where the pages of a query begin.</summary>
    public static IReadOnlyList<SearchPosition> Starts(SearchQuery query) =>
        query is { Ids: { } ids, Text: null } ? [.. ids.Chunk(PortionSize).Select(portion => new SearchPosition(portion, null))] : [new(null, null)];
}
