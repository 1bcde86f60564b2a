using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Cli.Settings;

namespace CivitaiDownloader.Cli.Search;

/// <summary>Prints results in the form that was asked for, and what there is to say about them after.</summary>
internal static class SearchPrinting
{
    public static async Task WriteAsync(IAsyncEnumerable<Model> models, SearchRun run, Screen screen, CliServices services)
    {
        using (var printer = Printer(run, screen))
        {
            await foreach (var model in models) printer.Print(new(model, services.Library, services.Http.Endpoint));
        }

        SearchSummary.Say(run, screen);
    }

    private static ISearchPrinter Printer(SearchRun run, Screen screen) => run.Output.Format switch
    {
        SearchFormat.Json => new SearchJson(run),
        SearchFormat.JsonLines => new SearchJsonLines(),
        SearchFormat.Csv => new SearchCsv(screen, run.Output),
        SearchFormat.Simple => SearchLines.Simple(screen),
        SearchFormat.Ids => SearchLines.Ids(screen),
        _ => new SearchTable(screen, run.Output),
    };
}
