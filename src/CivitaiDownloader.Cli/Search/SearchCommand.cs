using System.CommandLine;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Completion;
using CivitaiDownloader.Cli.Errors;

namespace CivitaiDownloader.Cli.Search;

/// <summary><c>civitai-dl search [QUERY] [filters]</c></summary>
internal static class SearchCommand
{
    private const long DefaultLimit = 20;

    private static readonly string[] Sorts = ["Highest Rated", "Most Downloaded", "Most Liked", "Most Discussed", "Most Collected", "Most Images", "Newest", "Oldest"];
    private static readonly string[] Periods = ["Day", "Week", "Month", "Year", "AllTime"];

    private static readonly Argument<string[]> Words = new("QUERY") { Description = "Words to look for; none lists by --sort.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<string[]> Type = new("--type") { Description = "Only this type (LORA, Checkpoint, TextualInversion …); may be repeated.", HelpName = "TYPE" };
    private static readonly Option<string[]> BaseModel = new("--base-model") { Description = "Only for this base model (\"SDXL 1.0\", Pony …); may be repeated.", HelpName = "NAME" };
    private static readonly Option<string?> Tag = new("--tag") { Description = "Only with this tag.", HelpName = "TAG" };
    private static readonly Option<string?> Creator = new("--creator") { Description = "Only by this creator.", HelpName = "NAME" };
    private static readonly Option<string?> Sort = new("--sort") { Description = $"One of {string.Join(", ", Sorts)}; without effect together with QUERY, which lists by relevance.", HelpName = "ORDER", CustomParser = Parsing.OneOf("sort order", Sorts) };
    private static readonly Option<string?> Period = new("--period") { Description = $"Only published in the last {string.Join(", ", Periods)}.", HelpName = "PERIOD", CustomParser = Parsing.OneOf("period", Periods) };
    private static readonly Option<long?> Limit = new("--limit", "-n") { Description = $"How many at most; any number. Default {DefaultLimit}.", HelpName = "N", CustomParser = Parsing.Count };
    private static readonly Option<bool> All = new("--all") { Description = "All there are." };
    private static readonly Option<bool> Nsfw = new("--nsfw") { Description = "All ratings, not safe-for-work only." };

    public static Command Make()
    {
        var command = new DocumentedCommand("search", "Looks for models.",
            [
                new("civitai-dl search ink wash --type LORA --limit 50"),
            ],
            exits: [ExitCodes.Done, ExitCodes.Failed, ExitCodes.Usage, ExitCodes.Refused, ExitCodes.NotFound, ExitCodes.Network, ExitCodes.Interrupted, ExitCodes.OutputClosed])
        {
            Words, Type, BaseModel, Tag, Creator, Sort, Period, Limit, All, Nsfw,
        };
        Words.Validators.Add(Parsing.RefuseOptions);
        Type.CompletionSources.Add([.. ModelTypes.Known]);
        Sort.CompletionSources.Add(Sorts);
        Period.CompletionSources.Add(Periods);
        command.SetAction(Invocation.Action(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var parse = invocation.Parse;
        if (parse.GetValue(All) && parse.GetValue(Limit) is not null) throw new UsageException("usage", "--all and --limit exclude each other") { Hint = "Give one of them. Nothing was done." };
        var query = new SearchQuery
        {
            Text = string.Join(' ', parse.GetValue(Words) ?? []) is { Length: > 0 } text ? text : null,
            Types = ModelTypes.Spell(parse.GetValue(Type) ?? []),
            BaseModels = parse.GetValue(BaseModel) ?? [],
            Tag = parse.GetValue(Tag),
            Creator = parse.GetValue(Creator),
            Sort = parse.GetValue(Sort),
            Period = parse.GetValue(Period),
            Limit = parse.GetValue(All) ? null : parse.GetValue(Limit) ?? DefaultLimit,
            AllRatings = parse.GetValue(Nsfw),
        };
        var report = new SearchReport();
        var models = invocation.Services.Catalog.SearchAsync(query, report, invocation.Cache, cancellationToken);
        models = new RecentModels(invocation.Services.Home).NotingAsync(models, cancellationToken);
        if (invocation.IsJson) await SearchJson.WriteAsync(models, report, invocation.Services.Library);
        else await new SearchTable(invocation.Screen, invocation.Services.Library).WriteAsync(models, report, query);
        return ExitCodes.Done;
    }
}
