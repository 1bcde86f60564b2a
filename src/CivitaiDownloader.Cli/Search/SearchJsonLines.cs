using CivitaiDownloader.Cli.Rendering;

namespace CivitaiDownloader.Cli.Search;

/// <summary>Each model as served, with <c>inLibrary</c>, on a line of its own.</summary>
internal sealed class SearchJsonLines : ISearchPrinter
{
    private readonly JsonOutput _output = new();

    public void Print(SearchRow row)
    {
        ServedJson.WriteModel(_output.Writer, row.Model.Json, row.Library.HasAnyOf(row.Model));
        _output.EndLine();
    }

    public void Dispose() => _output.Dispose();
}
