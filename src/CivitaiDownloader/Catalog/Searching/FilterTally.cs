namespace CivitaiDownloader.Catalog.Searching;

/// <summary>Asks each filter in turn, and counts what each leaves out.</summary>
internal sealed class FilterTally(IReadOnlyList<ModelFilter> filters)
{
    private readonly long[] _dropped = new long[filters.Count];

    public bool IsEmpty => filters.Count == 0;

    /// <summary>What there is to say about them.</summary>
    public IReadOnlyList<FilteredHere> Read() =>
    [
        .. filters.Select((filter, index) => (filter.Name, filter.IsBackstop, Dropped: _dropped[index])).Where(entry => !entry.IsBackstop || entry.Dropped > 0)
            .GroupBy(entry => entry.Name).Select(group => new FilteredHere(group.Key, group.Sum(entry => entry.Dropped))),
    ];

    public bool Admits(Model model)
    {
        for (var i = 0; i < filters.Count; i++)
        {
            if (filters[i].Admits(model)) continue;
            _dropped[i]++;
            return false;
        }

        return true;
    }
}
