namespace CivitaiDownloader.Cli.Search;

/// <summary>Which columns a terminal gets, and how wide: it depends on the terminal only, so that a row can be printed before the next is known.</summary>
/// <param name="Dropped">Columns that were asked for and do not fit.</param>
internal sealed record TableLayout(IReadOnlyList<(SearchColumn Column, int Width)> Columns, IReadOnlyList<SearchColumn> Dropped)
{
    public const int Gap = 2;
    private const int LeastName = 12, MostName = 60;

    /// <summary>The columns that are worth it on a terminal of this width, and all that is left for the name.</summary>
    public static TableLayout OfDefaults(int width)
    {
        var shown = SearchColumn.Defaults.Except(SearchColumn.ByNeed).ToHashSet();
        var name = width - shown.Where(column => !column.IsName).Sum(column => column.Width + Gap);
        foreach (var column in SearchColumn.ByNeed)
        {
            if (name - column.Width - Gap < column.NameLeft) break;
            shown.Add(column);
            name -= column.Width + Gap;
        }

        name = Math.Clamp(name, LeastName, MostName);
        return new([.. SearchColumn.Defaults.Where(shown.Contains).Select(column => (column, column.IsName ? name : column.Width))], []);
    }

    /// <summary>The columns that were asked for: the widest give way first, and what does not fit even so falls off at the right.</summary>
    /// <param name="width">Null where nothing limits it.</param>
    public static TableLayout OfChosen(IReadOnlyList<SearchColumn> columns, int? width)
    {
        var fitting = columns.ToList();
        while (fitting.Count > 1 && fitting.Sum(column => column.Least + Gap) - Gap > width) fitting.RemoveAt(fitting.Count - 1);
        var widths = fitting.Select(column => column.Width).ToArray();
        while (widths.Sum() + (Gap * (widths.Length - 1)) > width)
        {
            var widest = Enumerable.Range(0, widths.Length).Where(at => widths[at] > fitting[at].Least).OrderByDescending(at => widths[at]).FirstOrDefault(-1);
            if (widest < 0) break;
            widths[widest]--;
        }

        return new([.. fitting.Zip(widths)], [.. columns.Skip(fitting.Count)]);
    }
}
