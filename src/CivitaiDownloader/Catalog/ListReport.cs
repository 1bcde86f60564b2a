using CivitaiDownloader.Catalog.Reading;

namespace CivitaiDownloader.Catalog;

/// <summary>What reading a list met on its way; filled while its items are read. One reader at a time, and one report for each list.</summary>
public sealed class ListReport
{
    public int Pages { get; internal set; }

    /// <summary>Items that were yielded.</summary>
    public long Found { get; internal set; }

    /// <summary>Items that came more than once: lists shift while they are paged.</summary>
    public long Duplicates { get; internal set; }

    /// <summary>Items that could not be read.</summary>
    public long Skipped { get; internal set; }

    /// <summary>How many there are in all, as the site says: often a lower bound, for some lists always null.</summary>
    public long? Announced { get; internal set; }

    /// <summary>True when the list was read to its end, or the limit was reached.</summary>
    public bool IsComplete { get; internal set; }

    internal void Count<T>(ItemPage<T> page)
    {
        Pages++;
        Skipped += page.Skipped;
        Announced ??= page.TotalItems;
    }
}
