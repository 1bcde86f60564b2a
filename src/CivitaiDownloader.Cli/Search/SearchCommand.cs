using System.CommandLine;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Catalog.Enumerations;
using CivitaiDownloader.Catalog.Searching;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Completion;
using CivitaiDownloader.Cli.Errors;

namespace CivitaiDownloader.Cli.Search;

/// <summary><c>civitai-dl search [QUERY] [filters]</c></summary>
internal static class SearchCommand
{
    private const string Notes = """
        Filters that Civitai does not have are applied here while its list is read: a narrow one may read a long list. What was done here is said on standard error.
        A model has many pictures: --rating shows it when one of them has the rating, as the site does, and pg alone is what the site shows safe for work.
        Dates are those of a model's newest version, in UTC. A count that its creator hides satisfies no bound.
        To fetch what was found: civitai-dl search ink --format ids | civitai-dl get -
        """;

    public static Command Make()
    {
        var command = new DocumentedCommand("search", "Looks for models.",
            [
                new("civitai-dl search ink wash --type LORA --limit 50"),
                new("civitai-dl search --base-model \"SDXL 1.0\" --sort most-downloaded", "What is downloaded most for one base model"),
                new("civitai-dl search --tag style --rating pg-r --published-within 1y --min-likes 100 --all", "Everything of the last year that people liked"),
                new("civitai-dl search --file-format safetensor --max-size 300MB --commercial-use sell --allow-derivatives", "Small files whose licence lets you sell and merge"),
                new("civitai-dl search --creator ana_m --not-in-library --format ids --all", "What of a creator is missing here, for `get -`"),
                new("civitai-dl search --checkpoint-type trained --supports-generation --primary-file-only --jsonl", "Checkpoints that are no merges, one file each, for a program"),
                new("civitai-dl search --category character --format csv --columns id,name,downloads,size,url", "A spreadsheet"),
            ],
            Notes,
            [ExitCodes.Done, ExitCodes.Failed, ExitCodes.Usage, ExitCodes.Refused, ExitCodes.NotFound, ExitCodes.Network, ExitCodes.Interrupted, ExitCodes.OutputClosed])
        {
            SearchFilters.Words,
        };
        foreach (var option in SearchFilters.All.Concat(SearchOutput.Options)) command.Add(option);
        command.SetAction(Invocation.Action(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (parse, screen) = (invocation.Parse, invocation.Screen);
        var output = SearchOutput.Read(parse);
        var services = invocation.Services;
        var now = services.Time.GetUtcNow();
        SearchRequest.Check(parse, now);
        var spelling = new NameSpelling(services.Get<EnumerationReader>(), invocation.Cache, screen);
        var query = SearchRequest.Read(parse, now, services.Library) with
        {
            Types = await spelling.TypesAsync(parse.GetValue(SearchFilters.Type) ?? [], cancellationToken),
            BaseModels = await spelling.BaseModelsAsync(parse.GetValue(SearchFilters.BaseModel) ?? [], cancellationToken),
            Limit = output.Limit,
        };
        var report = new SearchReport();
        var found = new RecentModels(services.Home).NotingAsync(services.Catalog.SearchAsync(query, report, invocation.Cache, cancellationToken), cancellationToken);
        var models = new ScanProgress(report, screen, services.Time).WatchAsync(found, cancellationToken);
        await SearchPrinting.WriteAsync(models, new(query, report, output) { Warnings = spelling.Warnings, TypedAs = SearchRequest.TypedAs(parse) }, screen, services);
        return ExitCodes.Done;
    }
}
