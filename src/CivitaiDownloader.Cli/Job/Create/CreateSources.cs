using System.CommandLine;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Catalog.Enumerations;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Search;
using CivitaiDownloader.Jobs.Sources;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Job.Create;

/// <summary>What a job is made of, as it was typed: targets, lists, a search.</summary>
/// <param name="Mistakes">Lines of lists that are no target.</param>
internal sealed record CreateSources(IReadOnlyList<IJobSource> All, IReadOnlyList<(string List, ListMistake Mistake)> Mistakes)
{
    public static readonly Argument<string[]> Targets = new("TARGET") { Description = "Model ids, MODEL@VERSION, page or download addresses, AIRs, hashes, files, or - for a list on standard input.", Arity = ArgumentArity.ZeroOrMore };
    public static readonly Option<string?> Words = new("--search") { Description = "What a search for these words finds; all filters of `search` narrow it.", HelpName = "WORDS" };
    public static readonly Option<string[]> From = new("--from") { Description = "The targets of a list; - for standard input. May be repeated.", HelpName = "FILE|-", AllowMultipleArgumentsPerToken = false };
    public static readonly Option<long?> Collection = new("--collection") { Description = "What is in this collection of the site, by its number.", HelpName = "ID", CustomParser = FilterWords.Number("--collection") };
    public static readonly Option<long?> Limit = new("--limit", "-n") { Description = "How many models the search may find at most. Default all there are.", HelpName = "N", CustomParser = Parsing.Count };

    // Each of these names something by itself; the others only narrow.
    private static readonly Option[] Openers = [Words, Collection, SearchFilters.Creator, SearchFilters.Tag, SearchFilters.Category, SearchFilters.Favorites, SearchFilters.Followed, SearchFilters.Hidden];

    public static IEnumerable<Option> Options => [Words, From, Collection, .. SearchFilters.All, Limit];

    /// <summary>Options that are about the search.</summary>
    public static IEnumerable<Option> OfSearch => [Words, Collection, .. SearchFilters.All, Limit];

    /// <exception cref="UsageException">There is no source, or a filter without a search.</exception>
    /// <exception cref="FormatException">A target of the command line is none.</exception>
    /// <exception cref="SourceException">A list cannot be read or is none.</exception>
    public static async Task<CreateSources> ReadAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var parse = invocation.Parse;
        string[] typed = parse.GetValue(Targets) ?? [];
        string[] lists = [.. typed.Where(text => text == TargetInput.List), .. parse.GetValue(From) ?? []];
        var hasSearch = HasSearch(parse, typed.Length + lists.Length > 0);
        if (lists.Count(list => list == TargetInput.List) > 1) throw new UsageException("usage", "'-' is given twice, and there is one standard input") { Hint = "Nothing was done." };
        if (parse.GetValue(Words) is { } words && string.IsNullOrWhiteSpace(words)) throw SearchRequest.Empty("--search");
        SearchRequest.Check(parse, invocation.Services.Time.GetUtcNow());
        var parser = new TargetParser(invocation.Services.Http.Endpoint);
        var targets = typed.Where(text => text != TargetInput.List).Select(text => new ListedTarget(parser.Parse(text), TargetText.WithoutSecrets(text), 0)).ToArray();
        var sources = new List<IJobSource>();
        var mistakes = new List<(string, ListMistake)>();
        if (targets.Length > 0) sources.Add(new TargetSource(targets));
        foreach (var list in lists)
        {
            var read = await ListInput.ReadAsync(list, parser, invocation.Screen, cancellationToken);
            sources.Add(new TargetSource(read.Targets));
            mistakes.AddRange(read.Mistakes.Select(mistake => (ListInput.NameOf(list), mistake)));
        }

        if (hasSearch) sources.Add(new SearchSource(invocation.Services.Catalog, await QueryAsync(invocation, cancellationToken), invocation.Cache));
        return new(sources, mistakes);
    }

    private static bool HasSearch(ParseResult parse, bool hasOthers)
    {
        if (Openers.Any(IsGiven)) return true;
        var filter = OfSearch.FirstOrDefault(IsGiven);
        if (filter is null && !hasOthers) throw new UsageException("usage", "There is nothing to make a job of") { Hint = "Give targets, --from FILE, --search WORDS, or filters such as --creator NAME; `civitai-dl job create --help` explains each. Nothing was done." };
        if (filter is null || !hasOthers) return filter is not null;
        throw new UsageException("usage", $"{filter.Name} narrows a search, and there is none") { Hint = "Add --search, --creator or --tag, or leave it out: targets and lists are taken as they are. Nothing was done." };

        bool IsGiven(Option option) => parse.GetResult(option) is { Implicit: false };
    }

    private static async Task<SearchQuery> QueryAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (parse, services) = (invocation.Parse, invocation.Services);
        var spelling = new NameSpelling(services.Get<EnumerationReader>(), invocation.Cache, invocation.Screen);
        return SearchRequest.Read(parse, services.Time.GetUtcNow(), services.Library) with
        {
            Text = parse.GetValue(Words)?.Trim(),
            Collection = parse.GetValue(Collection),
            Types = await spelling.TypesAsync(parse.GetValue(SearchFilters.Type) ?? [], cancellationToken),
            BaseModels = await spelling.BaseModelsAsync(parse.GetValue(SearchFilters.BaseModel) ?? [], cancellationToken),
            Limit = parse.GetValue(Limit),
        };
    }
}
