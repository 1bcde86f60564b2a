namespace CivitaiDownloader.Cli.Search;

/// <summary>One form that results are printed in, a model at a time.</summary>
internal interface ISearchPrinter : IDisposable
{
    void Print(SearchRow row);
}
