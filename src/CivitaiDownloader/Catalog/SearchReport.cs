using CivitaiDownloader.Catalog.Searching;

namespace CivitaiDownloader.Catalog;

/// <summary>What a search met on its way; filled while the models are read. One reader at a time.</summary>
public sealed class SearchReport
{
    public int Pages { get; internal set; }

    /// <summary>Models that fit.</summary>
    public long Found { get; internal set; }

    /// <summary>Models that the API gave, each counted once, whether they fit or not.</summary>
    public long LookedAt { get; internal set; }

    /// <summary>Models that came more than once (lists shift while they are paged).</summary>
    public long Duplicates { get; internal set; }

    /// <summary>Items that could not be read.</summary>
    public long Skipped { get; internal set; }

    /// <summary>How many models the API said there are; null since March 2024, when it stopped counting.</summary>
    public long? Announced { get; internal set; }

    /// <summary>Filters that the API does not have, or did not apply, and how many models each left out.</summary>
    public IReadOnlyList<FilteredHere> FilteredHere => Tally?.Read() ?? [];

    /// <summary>Tags of the query that the API would not say anything about; they were compared here.</summary>
    public IReadOnlyList<string> UncheckedTags { get; internal set; } = [];

    public SearchEnd End { get; internal set; }

    internal FilterTally? Tally { get; set; }

    /// <summary>True when everything that fits was found, or the limit was reached.</summary>
    public bool IsComplete => End is SearchEnd.ListEnded or SearchEnd.RestCannotFit or SearchEnd.LimitReached;

    /// <summary>True when the API gave fewer models than it announced although its list was read to the end.</summary>
    public bool IsShort => End is SearchEnd.ListEnded or SearchEnd.NoCursor && Announced > LookedAt + Skipped;
}

/// <summary>Why a search is over.</summary>
public enum SearchEnd
{
    /// <summary>It is not: it still runs, or an error cut it short.</summary>
    Unfinished,
    ListEnded,
    LimitReached,

    /// <summary>The list is sorted by what a filter bounds, and the bound was passed.</summary>
    RestCannotFit,

    /// <summary>The API gave out pages that led nowhere new, again and again.</summary>
    WentInCircles,

    /// <summary>The API named a next page without a cursor to ask for it by.</summary>
    NoCursor,
}

/// <param name="Filter">As its option is called: <c>min-downloads</c>.</param>
/// <param name="Dropped">Models it left out; one that several would leave out counts for the first of them.</param>
public sealed record FilteredHere(string Filter, long Dropped);
