using System.Globalization;

namespace CivitaiDownloader.Catalog;

/// <summary>
/// Works round the row that <em>Newest</em> loses at each page: its cursor names the first row of the next page and the site then asks for rows strictly
/// below it. Raising the id in the cursor by one brings the row back (civitai-api 3.3).
/// </summary>
internal static class SearchCursor
{
    public static string Next(string cursor, string? sort)
    {
        if (sort != "Newest") return cursor;
        var bar = cursor.LastIndexOf('|');
        return bar > 0 && long.TryParse(cursor.AsSpan(bar + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && id < long.MaxValue
            ? string.Create(CultureInfo.InvariantCulture, $"{cursor.AsSpan(0, bar + 1)}{id + 1}")
            : cursor;
    }
}
