using System.CommandLine.Parsing;
using CivitaiDownloader.Catalog.Searching;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Search;

/// <summary>Ratings as people write them: <c>r</c>, <c>pg,pg13</c>, <c>pg-r</c>, <c>all</c>.</summary>
internal static class RatingText
{
    private static readonly (string Name, ContentRatings Rating)[] Names =
        [("pg", ContentRatings.Pg), ("pg13", ContentRatings.Pg13), ("r", ContentRatings.R), ("x", ContentRatings.X), ("xxx", ContentRatings.Xxx)];

    public static ContentRatings? Parse(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        var ratings = ContentRatings.None;
        foreach (var part in text.Replace("pg-13", "pg13", StringComparison.OrdinalIgnoreCase).Split(',', StringSplitOptions.TrimEntries))
        {
            if (part.Split('-', StringSplitOptions.TrimEntries) is [var first, .., var last] ends && ends.Length == 2 && At(first) is { } from && At(last) is { } to && from <= to) ratings |= Range(from, to);
            else if (At(part) is { } one) ratings |= Range(one, one);
            else if (part.Equals("all", StringComparison.OrdinalIgnoreCase)) ratings = ContentRatings.All;
            else
            {
                result.AddError($"'{VisibleText.OneLine(text, 40)}' is no rating: give pg, pg13, r, x or xxx, several as pg,pg13 or pg-r, or all.");
                return null;
            }
        }

        return ratings;
    }

    /// <summary>Of a bit mask: <c>pg</c>, <c>pg-r</c>, <c>pg,x</c>; empty when nothing is rated.</summary>
    public static string Format(int? level)
    {
        var present = Names.Where(name => ((level ?? 0) & (int)name.Rating) != 0).ToArray();
        if (present.Length == 0) return "";
        var isRun = present.Length > 1 && At(present[^1].Name) - At(present[0].Name) == present.Length - 1;
        return isRun ? $"{present[0].Name}-{present[^1].Name}" : string.Join(',', present.Select(name => name.Name));
    }

    private static int? At(string name) => Array.FindIndex(Names, known => known.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is >= 0 and var index ? index : null;

    private static ContentRatings Range(int from, int to) => Names[from..(to + 1)].Aggregate(ContentRatings.None, (all, name) => all | name.Rating);
}
