using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace CivitaiDownloader.Catalog.Reading;

/// <summary>How one list is paged.</summary>
/// <param name="What">What is asked for, to begin a sentence with: <c>The list of creators</c>.</param>
/// <param name="Read">Reads an item; null for one that is none.</param>
/// <param name="Identity">What tells items apart.</param>
/// <param name="Next">From a page and its position the next one's; null at the end.</param>
internal sealed record PagedList<T>(ApiEndpoint Endpoint, string What, Func<JsonElement, ReadingContext, T?> Read, Func<T, string> Identity, Func<ItemPage<T>, string?, string?> Next) where T : class
{
    /// <summary>After how many pages that bring nothing new the list is left: some have been seen to go in circles, and to go on with nothing in them.</summary>
    public int MostPagesWithoutNews { get; init; } = 20;
}

/// <summary>Follows a list page by page to its end or a limit. Each item once; the first come before the next page is asked for.</summary>
internal static class ListWalk
{
    public static string? ByCursor<T>(ItemPage<T> page, string? position) => page.NextCursor;

    /// <summary>Numbered pages: on while the site names another, and never past an empty one.</summary>
    public static string? ByNumber<T>(ItemPage<T> page, string? position) => page.HasNextPage ? UntilEmpty(page, position) : null;

    /// <summary>Numbered pages of which the site does not say whether there is another: on until one is empty.</summary>
    public static string? UntilEmpty<T>(ItemPage<T> page, string? position) => page.Items.Count + page.Skipped == 0 ? null
        : ((position is null ? 1 : int.Parse(position, CultureInfo.InvariantCulture)) + 1).ToString(CultureInfo.InvariantCulture);

    // A next page is named, and no way to it. What numbered lists name after an empty page is only their total, a rough one.
    private static bool IsCutShort<T>(ItemPage<T> page) => page.HasNextPage && page.Items.Count + page.Skipped > 0;

    /// <param name="read">The page at a position; null is the first.</param>
    /// <param name="limit">Null for all there are.</param>
    public static async IAsyncEnumerable<T> FollowAsync<T>(
        PagedList<T> list, Func<string?, CancellationToken, Task<ItemPage<T>>> read, long? limit, ListReport report, [EnumeratorCancellation] CancellationToken cancellationToken) where T : class
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var visited = new HashSet<string>(StringComparer.Ordinal);
        var withoutNews = 0;
        for (string? position = null; ;)
        {
            var page = await read(position, cancellationToken);
            report.Count(page);
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
            report.IsComplete = report.Found == limit || (position is null && !IsCutShort(page));
            withoutNews = report.Found == before ? withoutNews + 1 : 0;
            if (report.IsComplete || position is null || withoutNews == list.MostPagesWithoutNews || !visited.Add(position)) yield break;
        }
    }
}
