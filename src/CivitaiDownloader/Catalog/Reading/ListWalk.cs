using System.Globalization;
using System.Runtime.CompilerServices;

namespace CivitaiDownloader.Catalog.Reading;

/// <summary>How one list is paged.</summary>
/// <param name="Read">The page at a position; null is the first.</param>
/// <param name="Next">From a page and its position the next one's; null at the end.</param>
/// <param name="Identity">What tells items apart.</param>
internal sealed record PagedList<T>(Func<string?, CancellationToken, Task<ItemPage<T>>> Read, Func<ItemPage<T>, string?, string?> Next, Func<T, string> Identity);

/// <summary>Follows a list page by page to its end or a limit. Each item once; the first come before the next page is asked for.</summary>
internal static class ListWalk
{
    // Lists have been seen to go in circles, and to go on with nothing in them.
    private const int MostPagesWithoutNews = 20;

    public static string? ByCursor<T>(ItemPage<T> page, string? position) => page.NextCursor;

    /// <summary>Numbered pages: on while the site names another, and never past an empty one.</summary>
    public static string? ByNumber<T>(ItemPage<T> page, string? position) => !page.HasNextPage || page.Items.Count + page.Skipped == 0 ? null
        : ((position is null ? 1 : int.Parse(position, CultureInfo.InvariantCulture)) + 1).ToString(CultureInfo.InvariantCulture);

    public static async IAsyncEnumerable<T> FollowAsync<T>(PagedList<T> list, long? limit, ListReport report, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var visited = new HashSet<string>(StringComparer.Ordinal);
        var withoutNews = 0;
        for (string? position = null; ;)
        {
            var page = await list.Read(position, cancellationToken);
            report.Pages++;
            report.Skipped += page.Skipped;
            report.Announced ??= page.TotalItems;
            var before = report.Found;
            foreach (var item in page.Items)
            {
                if (report.Found == limit) break;
                if (!seen.Add(list.Identity(item)))
                {
                    report.Duplicates++;
                    continue;
                }

                report.Found++;
                yield return item;
            }

            position = list.Next(page, position);
            report.IsComplete = report.Found == limit || position is null;
            withoutNews = report.Found == before ? withoutNews + 1 : 0;
            if (report.IsComplete || withoutNews == MostPagesWithoutNews || !visited.Add(position!)) yield break;
        }
    }
}
