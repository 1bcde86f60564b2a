using CivitaiDownloader.Cli.Rendering;

namespace CivitaiDownloader.Cli.Search;

/// <summary>One line of text for each result.</summary>
internal sealed class SearchLines(Screen screen, Func<SearchRow, string> line) : ISearchPrinter
{
    public static SearchLines Simple(Screen screen) => new(screen, row => $"{row.Model.Id}\t{DisplayText.Harmless(row.Model.Name)}");

    /// <summary>Targets for <c>get -</c>.</summary>
    /// <param name="namesVersions">Where the search narrowed the versions, the model's number alone would name another one.</param>
    public static SearchLines Ids(Screen screen, bool namesVersions) =>
        new(screen, row => namesVersions && row.First is { } version ? $"{row.Model.Id}@{version.Id}" : row.Model.Id.ToString());

    public void Print(SearchRow row)
    {
        screen.Output.WriteLine(line(row));
        screen.Output.Flush();
    }

    public void Dispose() => screen.Output.Flush();
}
