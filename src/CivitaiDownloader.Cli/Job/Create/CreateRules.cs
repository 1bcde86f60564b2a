using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CivitaiDownloader.Catalog.Searching;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Search;
using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Job.Create;

/// <summary>What a job leaves out, as options.</summary>
internal static class CreateRules
{
    private static readonly Option<bool> AllVersions = new("--all-versions") { Description = "Every version of each model, not only the one that was named or is shown first." };
    private static readonly Option<bool> Latest = new("--latest") { Description = "Of each model the version that came out last, whichever was named." };
    private static readonly Option<bool> AllFiles = new("--all-files") { Description = "Every file of a version that fits, not only the best one." };
    private static readonly Option<string?> Format = new("--format") { Description = "Only files of this format (SafeTensor, PickleTensor, GGUF …).", HelpName = "FORMAT", CompletionSources = { KnownNames.FileFormats.ToArray() } };
    private static readonly Option<string?> Precision = new("--precision") { Description = "Only files of this precision (fp16, fp32, bf16 …).", HelpName = "FP" };
    private static readonly Option<string[]> Prefer = new("--prefer") { Description = "What to look for first, in order: formats, precisions, full, pruned (--prefer pruned,fp16).", HelpName = "LIST" };
    private static readonly Option<bool> OnlySafeTensors = new("--only-safetensors") { Description = "Nothing but safetensors." };
    private static readonly Option<long?> MaxFileSize = new("--max-file-size") { Description = "No file larger than this (300MB, 2GiB), nor one whose size is not known.", HelpName = "SIZE", CustomParser = FilterWords.Size };
    private static readonly Option<long?> MaxTotal = new("--max-total") { Description = "Fetch at most so much in all (50GiB); a file that would go beyond is left out.", HelpName = "SIZE", CustomParser = FilterWords.Size };
    private static readonly Option<int?> MaxFiles = new("--max-files") { Description = "Fetch at most so many files; those that are there already do not count.", HelpName = "N", CustomParser = Positive("--max-files", int.MaxValue) };
    private static readonly Option<string[]> SkipTag = new("--skip-tag") { Description = "No model with this tag; may be repeated.", HelpName = "TAG" };
    private static readonly Option<string[]> SkipBaseModel = new("--skip-base-model") { Description = "No version for this base model; may be repeated.", HelpName = "NAME", CompletionSources = { KnownNames.BaseModels.ToArray() } };
    private static readonly Option<string[]> SkipName = new("--skip-name") { Description = "No model and no file with this text in its name, or with * and ? of this shape ('*nsfw*'), in any case; may be repeated.", HelpName = "TEXT" };

    public static IEnumerable<Option> Options => [AllVersions, Latest, AllFiles, Format, Precision, Prefer, OnlySafeTensors, MaxFileSize, MaxTotal, MaxFiles, SkipTag, SkipBaseModel, SkipName];

    /// <summary>Those that say what a job is of, rather than what it leaves out.</summary>
    public static IEnumerable<Option> OfSource => [AllVersions, Latest, AllFiles];

    /// <exception cref="UsageException">Two rules contradict each other.</exception>
    public static PlanRules Read(ParseResult parse)
    {
        SearchRequest.Exclude(parse, AllVersions, Latest, "job create");
        var format = parse.GetValue(Format);
        if (parse.GetValue(OnlySafeTensors) && format is not null && !format.Equals("SafeTensor", StringComparison.OrdinalIgnoreCase))
            throw SearchRequest.Contradiction("--only-safetensors and another --format leave nothing", "job create");
        foreach (var option in new[] { SkipTag, SkipBaseModel, SkipName })
        {
            // Of a variable that was not set every name has a part.
            if ((parse.GetValue(option) ?? []).Any(string.IsNullOrWhiteSpace)) throw SearchRequest.Empty(option.Name);
        }

        return new()
        {
            Versions = parse.GetValue(AllVersions) ? VersionChoice.All : parse.GetValue(Latest) ? VersionChoice.Latest : VersionChoice.Named,
            Preferences = new() { Format = format, Precision = parse.GetValue(Precision), Prefer = [.. (parse.GetValue(Prefer) ?? []).SelectMany(FilterWords.Split)] },
            AllFiles = parse.GetValue(AllFiles),
            OnlySafeTensors = parse.GetValue(OnlySafeTensors),
            MaxFileBytes = parse.GetValue(MaxFileSize),
            MaxTotalBytes = parse.GetValue(MaxTotal),
            MaxFiles = parse.GetValue(MaxFiles),
            SkipTags = [.. (parse.GetValue(SkipTag) ?? []).Select(tag => tag.Trim())],
            SkipBaseModels = parse.GetValue(SkipBaseModel) ?? [],
            SkipNames = [.. (parse.GetValue(SkipName) ?? []).Select(text => new NamePattern(text.Trim()))],
        };
    }

    /// <summary>A whole number from 1 to <paramref name="most"/>.</summary>
    public static Func<ArgumentResult, int?> Positive(string option, int most) => result =>
    {
        var text = result.Tokens[0].Value;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= most) return number;
        result.AddError($"'{VisibleText.OneLine(text, 40)}' is no number for {option}: give a whole number from 1{(most == int.MaxValue ? " on" : $" to {most}")}.");
        return null;
    };
}
