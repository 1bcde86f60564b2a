using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Search;

/// <summary>Results for a spreadsheet: a row of names, then bare values.</summary>
internal sealed class SearchCsv : ISearchPrinter
{
    private const int MostLetters = 4_000;

    private readonly Screen _screen;
    private readonly IReadOnlyList<SearchColumn> _columns;

    public SearchCsv(Screen screen, SearchOutput output)
    {
        (_screen, _columns) = (screen, output.Columns);
        screen.Output.Write(Csv.Row(_columns.Select(column => column.Name)));
    }

    public void Print(SearchRow row)
    {
        _screen.Output.Write(Csv.Row(_columns.Select(column => VisibleText.OneLine(column.Value(row), MostLetters))));
        _screen.Output.Flush();
    }

    public void Dispose() => _screen.Output.Flush();
}
