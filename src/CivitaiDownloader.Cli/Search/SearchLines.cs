using CivitaiDownloader.Cli.Rendering;

namespace CivitaiDownloader.Cli.Search;

/// <summary>One line of text for each result.</summary>
internal sealed class SearchLines(Screen screen, Func<SearchRow, string> line) : ISearchPrinter
{
    public static SearchLines Simple(Screen screen) => new(screen, row => $"{row.Model.Id}\t{DisplayText.Harmless(row.Model.Name)}");

    /// <summary>Targets for <c>get -</c>: the version that was shown by its number, since a bare number may be a model's and a version's at once.</summary>
    public static SearchLines Ids(Screen screen) =>
        new(screen, row => row.First is { } version ? $"{row.Model.Id}@{version.Id}" : $"model:{row.Model.Id}");

    public void Print(SearchRow row)
    {
        screen.Output.WriteLine(line(row));
        screen.Output.Flush();
    }

    public void Dispose() => screen.Output.Flush();
}
