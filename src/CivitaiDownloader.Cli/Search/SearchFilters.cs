using System.CommandLine;
using CivitaiDownloader.Catalog.Searching;
using CivitaiDownloader.Cli.CommandLine;

namespace CivitaiDownloader.Cli.Search;

/// <summary>The filters of a search as options.</summary>
internal static class SearchFilters
{
    public static readonly Argument<string[]> Words = new("QUERY") { Description = "Words to look for, best match first; none lists by --sort.", Arity = ArgumentArity.ZeroOrMore };
    public static readonly Option<string[]> Type = new("--type") { Description = "Only these types (LORA, Checkpoint, TextualInversion …); may be repeated.", HelpName = "TYPE", CompletionSources = { KnownNames.Types.ToArray() } };
    public static readonly Option<string[]> BaseModel = new("--base-model") { Description = "Only for these base models (\"SDXL 1.0\", Pony …); may be repeated. Only their versions are shown.", HelpName = "NAME", CompletionSources = { KnownNames.BaseModels.ToArray() } };
    public static readonly Option<string[]> Tag = new("--tag") { Description = "Only with this exact tag; repeated, with all of them.", HelpName = "TAG" };
    public static readonly Option<string[]> Category = new("--category") { Description = $"Only of this category (repeated, of all of them): {string.Join(", ", KnownNames.Categories)}.", HelpName = "CATEGORY", CustomParser = FilterWords.AnyOf("category", KnownNames.Categories), CompletionSources = { KnownNames.Categories.ToArray() } };
    public static readonly Option<string?> Creator = new("--creator") { Description = "Only by this creator.", HelpName = "NAME" };
    public static readonly Option<string?> Sort = new("--sort") { Description = $"{string.Join(", ", KnownNames.Sorts)}; without effect together with QUERY, which lists by relevance.", HelpName = "ORDER", CustomParser = Parsing.OneOf("sort order", KnownNames.Sorts), CompletionSources = { KnownNames.Sorts.ToArray() } };
    public static readonly Option<string?> Period = new("--period") { Description = $"Only published in the last {string.Join(", ", KnownNames.Periods)}.", HelpName = "PERIOD", CustomParser = Parsing.OneOf("period", KnownNames.Periods), CompletionSources = { KnownNames.Periods.ToArray() } };
    public static readonly Option<ContentRatings?> Rating = RatingChoice();
    public static readonly Option<bool> Nsfw = new("--nsfw") { Description = "The same as --rating all." };
    public static readonly Option<Moment?> PublishedAfter = new("--published-after") { Description = "Newest version published on this day (2026-01-31, UTC) or later.", HelpName = "DATE", CustomParser = Moment.Parse };
    public static readonly Option<Moment?> PublishedBefore = new("--published-before") { Description = "Newest version published before this day.", HelpName = "DATE", CustomParser = Moment.Parse };
    public static readonly Option<Moment?> PublishedWithin = new("--published-within") { Description = "Newest version published in the last 30d, 2w, 6m or 1y.", HelpName = "SPAN", CustomParser = Moment.ParseAgo };
    public static readonly Option<long?> MinDownloads = new("--min-downloads") { Description = "At least so many downloads.", HelpName = "N", CustomParser = FilterWords.Number("--min-downloads") };
    public static readonly Option<long?> MaxDownloads = new("--max-downloads") { Description = "At most so many downloads.", HelpName = "N", CustomParser = FilterWords.Number("--max-downloads") };
    public static readonly Option<long?> MinLikes = new("--min-likes") { Description = "At least so many thumbs up.", HelpName = "N", CustomParser = FilterWords.Number("--min-likes") };
    public static readonly Option<double?> MinLikeRatio = new("--min-like-ratio") { Description = "At least this share of thumbs up among all thumbs (0.95 or 95%).", HelpName = "SHARE", CustomParser = FilterWords.Ratio };
    public static readonly Option<string[]> CommercialUse = new("--commercial-use") { Description = "Only where the licence allows this use: image (sell images), rent-civit, rent, sell; repeated, all of them; none: where it allows none.", HelpName = "USE", CustomParser = FilterWords.AnyOf("commercial use", KnownNames.CommercialUses), CompletionSources = { KnownNames.CommercialUses.ToArray() } };
    public static readonly Option<bool> AllowDerivatives = new("--allow-derivatives") { Description = "Only where merges and other derivatives are allowed." };
    public static readonly Option<bool> AllowNoCredit = new("--allow-no-credit") { Description = "Only where the creator need not be named." };
    public static readonly Option<bool> AllowDifferentLicense = new("--allow-different-license") { Description = "Only where derivatives may have another licence." };
    public static readonly Option<string[]> FileFormat = new("--file-format") { Description = $"Only with a file of this format ({string.Join(", ", KnownNames.FileFormats)}); may be repeated.", HelpName = "FORMAT", CustomParser = FilterWords.AnyOf("file format", KnownNames.FileFormats, ("safetensors", "SafeTensor"), ("pickle", "PickleTensor"), ("ckpt", "PickleTensor"), ("pt", "PickleTensor")), CompletionSources = { KnownNames.FileFormats.ToArray() } };
    public static readonly Option<long?> MaxSize = new("--max-size") { Description = "Only with a main file of at most this size (300MB, 2GiB).", HelpName = "SIZE", CustomParser = FilterWords.Size };
    public static readonly Option<bool> Favorites = new("--favorites") { Description = "Only what your account has marked as a favourite; needs a key." };
    public static readonly Option<bool> InLibrary = new("--in-library") { Description = "Only what the library has a file of." };
    public static readonly Option<bool> NotInLibrary = new("--not-in-library") { Description = "Only what the library has no file of." };
    public static readonly Option<string?> EarlyAccess = Choice("--early-access", "Models in early access: include (the default), exclude, or only.");
    public static readonly Option<string?> CheckpointType = new("--checkpoint-type") { Description = "Only checkpoints that were made so: trained, or merge; alone it is --type Checkpoint as well.", HelpName = "KIND", CustomParser = Parsing.OneOf("kind of checkpoint", KnownNames.CheckpointTypes), CompletionSources = { KnownNames.CheckpointTypes.ToArray() } };
    public static readonly Option<bool> SupportsGeneration = new("--supports-generation") { Description = "Only what Civitai's own generator can use." };
    public static readonly Option<bool> FromPlatform = new("--from-platform") { Description = "Only what was trained on Civitai itself." };
    public static readonly Option<string?> Archived = Choice("--archived", "Models that were archived, whose files cannot be had any more: exclude (the default), include, or only.");
    public static readonly Option<string?> Availability = new("--availability") { Description = "Only what is public, unsearchable, private (with --creator, and your own) or early-access, as models were called that were sold early.", HelpName = "KIND", CustomParser = Parsing.OneOf("kind of availability", KnownNames.Availabilities), CompletionSources = { KnownNames.Availabilities.ToArray() } };
    public static readonly Option<bool> Followed = new("--followed") { Description = "Only by creators whom your account follows; needs a key." };
    public static readonly Option<bool> Hidden = new("--hidden") { Description = "Only what your account has hidden; needs a key." };
    public static readonly Option<bool> PrimaryFileOnly = new("--primary-file-only") { Description = "Show only each version's primary file; --file-format and --max-size look at no other then." };

    public static IEnumerable<Option> All =>
    [
        Type, BaseModel, Tag, Category, Creator, Sort, Period, Rating, Nsfw, PublishedAfter, PublishedBefore, PublishedWithin, MinDownloads, MaxDownloads, MinLikes, MinLikeRatio,
        CommercialUse, AllowDerivatives, AllowNoCredit, AllowDifferentLicense, FileFormat, MaxSize, Favorites, InLibrary, NotInLibrary, EarlyAccess,
        CheckpointType, SupportsGeneration, FromPlatform, Archived, Availability, Followed, Hidden, PrimaryFileOnly,
    ];

    private static Option<ContentRatings?> RatingChoice()
    {
        var option = new Option<ContentRatings?>("--rating") { Description = "Only with pictures of these ratings: pg (the default, safe for work), pg13, r, x, xxx; a list (pg,pg13), a range (pg-r), or all.", HelpName = "RATING", CustomParser = RatingText.Parse };
        option.CompletionSources.Clear(); // the parser offers the names that the code has for them, None among them
        option.CompletionSources.Add("pg", "pg13", "r", "x", "xxx", "all");
        return option;
    }

    private static Option<string?> Choice(string name, string description)
    {
        string[] choices = ["include", "exclude", "only"];
        return new(name) { Description = description, HelpName = "CHOICE", CustomParser = Parsing.OneOf($"choice for {name}", choices), CompletionSources = { choices } };
    }
}
