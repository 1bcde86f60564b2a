using System.CommandLine;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Catalog.Searching;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Jobs;

namespace CivitaiDownloader.Cli.Search;

/// <summary>Turns what was typed into a query. What contradicts itself is refused before anything is asked.</summary>
internal static class SearchRequest
{
    /// <exception cref="UsageException">Two options contradict each other.</exception>
    public static void Check(ParseResult parse, DateTimeOffset now)
    {
        Exclude(parse, SearchFilters.Nsfw, SearchFilters.Rating);
        Exclude(parse, SearchFilters.InLibrary, SearchFilters.NotInLibrary);
        Exclude(parse, SearchFilters.PublishedWithin, SearchFilters.PublishedAfter);
        if (After(parse, now) >= Before(parse, now)) throw Contradiction("--published-before must be later than where --published-after or --published-within begins: nothing lies between");
        if (parse.GetValue(SearchFilters.MinDownloads) > parse.GetValue(SearchFilters.MaxDownloads)) throw Contradiction("--min-downloads is greater than --max-downloads: nothing lies between");
        if (parse.GetValue(SearchFilters.CommercialUse) is { Length: > 1 } uses && uses.Contains("None")) throw Contradiction("--commercial-use none and another use exclude each other");
        Exclude(parse, SearchFilters.PrimaryFileOnly, SearchFilters.InLibrary); // what the library has may be another file
        Exclude(parse, SearchFilters.PrimaryFileOnly, SearchFilters.NotInLibrary);
        if (parse.GetValue(SearchFilters.CheckpointType) is not null && parse.GetValue(SearchFilters.Type) is { Length: > 0 } types && !types.SelectMany(FilterWords.Split).Any(type => FilterWords.Plain(type) == "checkpoint"))
            throw Contradiction("--checkpoint-type is about checkpoints, and --type leaves them out");
        if (parse.GetValue(SearchFilters.Availability) == "Private" && parse.GetValue(SearchFilters.Creator) is null)
            throw new UsageException("usage", "--availability private needs --creator: Civitai does not list what is private of everybody") { Hint = "Add `--creator NAME`, your own name. Nothing was done." };
        // A variable of a script that was not set must not widen the search to everything.
        foreach (var option in new[] { SearchFilters.Tag, SearchFilters.Type, SearchFilters.BaseModel })
        {
            if ((parse.GetValue(option) ?? []).Any(string.IsNullOrWhiteSpace)) throw Empty(option.Name);
        }

        if (parse.GetValue(SearchFilters.Creator) is { } creator && string.IsNullOrWhiteSpace(creator)) throw Empty("--creator");
    }

    public static SearchQuery Read(ParseResult parse, DateTimeOffset now, LibraryView library) => new()
    {
        Text = string.Join(' ', parse.GetValue(SearchFilters.Words) ?? []).Trim() is { Length: > 0 } text ? text : null,
        Tags = [.. (parse.GetValue(SearchFilters.Tag) ?? []).Select(tag => tag.Trim())],
        Categories = parse.GetValue(SearchFilters.Category) ?? [],
        Creator = parse.GetValue(SearchFilters.Creator),
        Sort = parse.GetValue(SearchFilters.Sort),
        Period = parse.GetValue(SearchFilters.Period),
        Ratings = parse.GetValue(SearchFilters.Nsfw) ? ContentRatings.All : parse.GetValue(SearchFilters.Rating) ?? ContentRatings.Pg,
        PublishedAfter = After(parse, now),
        PublishedBefore = Before(parse, now),
        MinDownloads = parse.GetValue(SearchFilters.MinDownloads),
        MaxDownloads = parse.GetValue(SearchFilters.MaxDownloads),
        MinLikes = parse.GetValue(SearchFilters.MinLikes),
        MinLikeRatio = parse.GetValue(SearchFilters.MinLikeRatio),
        CommercialUse = parse.GetValue(SearchFilters.CommercialUse) ?? [],
        AllowDerivatives = parse.GetValue(SearchFilters.AllowDerivatives),
        AllowNoCredit = parse.GetValue(SearchFilters.AllowNoCredit),
        AllowDifferentLicense = parse.GetValue(SearchFilters.AllowDifferentLicense),
        FileFormats = parse.GetValue(SearchFilters.FileFormat) ?? [],
        MaxFileBytes = parse.GetValue(SearchFilters.MaxSize),
        Favorites = parse.GetValue(SearchFilters.Favorites),
        EarlyAccess = Choice(parse, SearchFilters.EarlyAccess) ?? Inclusion.Include,
        CheckpointType = parse.GetValue(SearchFilters.CheckpointType),
        SupportsGeneration = parse.GetValue(SearchFilters.SupportsGeneration),
        FromPlatform = parse.GetValue(SearchFilters.FromPlatform),
        Archived = Choice(parse, SearchFilters.Archived) ?? Inclusion.Exclude,
        Availability = parse.GetValue(SearchFilters.Availability),
        Followed = parse.GetValue(SearchFilters.Followed),
        Hidden = parse.GetValue(SearchFilters.Hidden),
        PrimaryFileOnly = parse.GetValue(SearchFilters.PrimaryFileOnly),
        AsOf = now,
        Ids = parse.GetValue(SearchFilters.InLibrary) ? library.Models() : null, // or the whole site would be read for what lies here
        Filters = [.. OfLibrary(parse, library)],
    };

    /// <summary>Options that became a filter of another name (<see cref="SearchRun.TypedAs"/>).</summary>
    public static IReadOnlyDictionary<string, string> TypedAs(ParseResult parse) =>
        parse.GetValue(SearchFilters.PublishedWithin) is null ? new Dictionary<string, string>() : new() { [Name(SearchFilters.PublishedAfter)] = Name(SearchFilters.PublishedWithin) };

    private static Inclusion? Choice(ParseResult parse, Option<string?> option) => Enum.TryParse<Inclusion>(parse.GetValue(option), ignoreCase: true, out var choice) ? choice : null;

    private static string Name(Option option) => option.Name.TrimStart('-');

    private static IEnumerable<ModelFilter> OfLibrary(ParseResult parse, LibraryView library)
    {
        if (parse.GetValue(SearchFilters.InLibrary)) yield return new("in-library", library.HasAnyOf);
        if (parse.GetValue(SearchFilters.NotInLibrary)) yield return new("not-in-library", model => !library.HasAnyOf(model));
    }

    private static DateTimeOffset? After(ParseResult parse, DateTimeOffset now) => (parse.GetValue(SearchFilters.PublishedAfter) ?? parse.GetValue(SearchFilters.PublishedWithin))?.Resolve(now);

    private static DateTimeOffset? Before(ParseResult parse, DateTimeOffset now) => parse.GetValue(SearchFilters.PublishedBefore)?.Resolve(now);

    public static void Exclude(ParseResult parse, Option one, Option other, string command = "search")
    {
        if (parse.GetResult(one) is { Implicit: false } && parse.GetResult(other) is { Implicit: false })
            throw Contradiction($"{one.Name} and {other.Name} exclude each other", command);
    }

    public static UsageException Empty(string option) => new("usage", $"{option} is empty") { Hint = "Give it a value, or leave it out. Nothing was done." };

    public static UsageException Contradiction(string what, string command = "search") => new("usage", what) { Hint = $"Change or leave out one of them; `civitai-dl {command} --help` explains each. Nothing was done." };
}
