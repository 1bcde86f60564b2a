using System.Runtime.CompilerServices;
using CivitaiDownloader.Catalog.Reading;

namespace CivitaiDownloader.Catalog.Searching;

/// <summary>
/// Follows the list by its cursors to the end, the limit, or where nothing can fit any more. Each model once, as soon as it is known to fit; of what went
/// by, only the ids are kept.
/// </summary>
/// <param name="readPage">Reads the page at a position.</param>
internal sealed class ModelSearch(SearchQuery query, TagPlan tags, FilterTally filters, SearchReport report, Func<SearchPosition, CancellationToken, Task<SearchPage>> readPage)
{
    private readonly HashSet<long> _seen = [];
    private readonly SearchHorizon? _horizon = SearchHorizon.Of(query);
    private bool _isTagProven = !tags.IsDoubtful;

    public async IAsyncEnumerable<Model> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        report.Tally = filters;
        var starts = SearchPosition.Starts(query);
        foreach (var start in starts)
        {
            await foreach (var model in ReadAsync(start, cancellationToken)) yield return model;
            if (report.Found == query.Limit && start != starts[^1]) report.End = SearchEnd.LimitReached;
            if (report.End is not (SearchEnd.ListEnded or SearchEnd.RestCannotFit)) yield break;
        }

        if (report.End == SearchEnd.Unfinished) report.End = SearchEnd.ListEnded; // none was asked for
    }

    private async IAsyncEnumerable<Model> ReadAsync(SearchPosition at, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var loop = new LoopWatch();
        while (true)
        {
            report.End = SearchEnd.Unfinished;
            var page = await readPage(at, cancellationToken);
            Count(page);
            ProveTag(page);
            var news = 0;
            var left = page.Items.Count;
            foreach (var model in page.Items)
            {
                left--;
                if (!_seen.Add(model.Id.Value))
                {
                    report.Duplicates++;
                    continue;
                }

                news++;
                report.LookedAt++;
                if (!filters.Admits(model)) continue;
                report.Found++;
                yield return model;
                if (report.Found == query.Limit) break;
            }

            report.End = EndAfter(page, left);
            if (report.End == SearchEnd.Unfinished && loop.GoesInCircles(page.NextCursor!, page.Items.Count, news)) report.End = SearchEnd.WentInCircles;
            if (report.End != SearchEnd.Unfinished) yield break;
            at = at with { Cursor = SearchCursor.Next(page.NextCursor!, query.Text is null ? query.Sort : null) };
        }
    }

    private void Count(SearchPage page)
    {
        report.Pages++;
        report.Skipped += page.Skipped;
        report.Announced ??= page.Announced;
    }

    // The first models tell: were the tag known to the API, each of them would carry it.
    private void ProveTag(SearchPage page)
    {
        if (_isTagProven || page.Items.Count == 0) return;
        if (!page.Items.Any(model => TagFilter.Carries(model, tags.Sent!))) throw CatalogErrors.NoSuchTag(tags.Sent!, tags.Near);
        _isTagProven = true;
    }

    private SearchEnd EndAfter(SearchPage page, int left)
    {
        if (report.Found == query.Limit && (left > 0 || page.NextCursor is not null)) return SearchEnd.LimitReached;
        if (page.NextCursor is null) return page.HasNextPage ? SearchEnd.NoCursor : SearchEnd.ListEnded;
        return _horizon?.IsPassedBy(page.Items) == true ? SearchEnd.RestCannotFit : SearchEnd.Unfinished;
    }
}
