using CivitaiDownloader.Cli.Rendering;

namespace CivitaiDownloader.Cli.Search;

/// <summary>Search results as aligned rows, each printed as soon as it is known.</summary>
internal sealed class SearchTable : ISearchPrinter
{
    private readonly Screen _screen;
    private readonly TableLayout _layout;
    private bool _hasHeader;

    public SearchTable(Screen screen, SearchOutput output)
    {
        _screen = screen;
        _layout = output.HasChosenColumns ? TableLayout.OfChosen(output.Columns, screen.IsOutputTerminal ? screen.Width : null) : TableLayout.OfDefaults(screen.Width);
        if (_layout.Dropped.Count > 0) screen.Warn($"{string.Join(", ", _layout.Dropped.Select(column => column.Name))} left out: {screen.Width} columns are too few. --format csv has room for all.");
    }

    public void Print(SearchRow row)
    {
        if (!_hasHeader) _screen.Output.WriteLine(_screen.Ink.Strong(Line(column => column.Title)));
        _hasHeader = true;
        _screen.Output.WriteLine(Line(column => column.Cell(row)));
        _screen.Output.Flush();
    }

    public void Dispose() => _screen.Output.Flush();

    private string Line(Func<SearchColumn, string> text) => string.Join(new string(' ', TableLayout.Gap), _layout.Columns.Select(entry => Cell(entry.Column, text(entry.Column), entry.Width))).TrimEnd();

    private static string Cell(SearchColumn column, string text, int width) => column.IsRight ? DisplayText.PadLeft(DisplayText.Cut(text, width), width) : DisplayText.Fit(text, width);
}
