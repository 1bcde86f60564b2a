namespace CivitaiDownloader.Catalog.Searching;

/// <summary>
/// Tells a list that goes on from one that goes in circles. Empty pages are normal: the site filters after it has cut them (civitai-api 3.3). A cursor that
/// comes back, and page after page of models that were there before, are not.
/// </summary>
internal sealed class LoopWatch
{
    private const int MostPagesOfRepeats = 20;
    private const int MostEmptyPages = 1_000;

    private readonly HashSet<string> _cursors = new(StringComparer.Ordinal);
    private int _repeats, _empty;

    /// <param name="next">The cursor the page names.</param>
    /// <param name="news">Models on the page that were not seen before.</param>
    /// <returns>True when there is no sense in going on.</returns>
    public bool GoesInCircles(string next, int items, int news)
    {
        _repeats = items > 0 && news == 0 ? _repeats + 1 : 0;
        _empty = items == 0 ? _empty + 1 : 0;
        return !_cursors.Add(next) || _repeats == MostPagesOfRepeats || _empty == MostEmptyPages;
    }
}
