using System.CommandLine;
using System.CommandLine.Parsing;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Search;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Job.Create;

/// <summary>What a job is called that was given no name, and what is kept of where it came from.</summary>
internal static class JobTitle
{
    private const int LongestName = 60;
    private const int LongestSource = 1000;
    private const int TargetsNamed = 3;

    /// <summary>The part of the command line that says what it is of, without keys that were pasted with it.</summary>
    public static string Source(ParseResult parse) => VisibleText.OneLine(string.Join(' ', Targets(parse).Select(Quote).Concat(Typed(parse))), LongestSource);

    public static string Name(ParseResult parse)
    {
        if (parse.GetValue(CreateSources.Words) is { } words) return Short(words);
        if (parse.GetValue(SearchFilters.Creator) is { } creator) return Short($"by {creator}");
        if (parse.GetValue(CreateSources.Collection) is { } collection) return $"collection {collection}";
        if (parse.GetValue(SearchFilters.Tag) is { Length: > 0 } tags) return Short(string.Join(", ", tags));
        if ((parse.GetValue(CreateSources.From) ?? []).FirstOrDefault(list => list != TargetInput.List) is { } list) return Short(Path.GetFileNameWithoutExtension(list));
        var targets = Targets(parse).Where(target => target != TargetInput.List).ToArray();
        if (targets.Length > TargetsNamed) return Short($"{string.Join(", ", targets.Take(TargetsNamed))} and {targets.Length - TargetsNamed} more");
        return targets.Length > 0 ? Short(string.Join(", ", targets)) : Source(parse) is { Length: > 0 } source and not ("--from -" or "-") ? Short(source) : "list";
    }

    private static string[] Targets(ParseResult parse) => [.. (parse.GetValue(CreateSources.Targets) ?? []).Select(TargetText.WithoutSecrets)];

    private static IEnumerable<string> Typed(ParseResult parse) => new[] { CreateSources.From }.Concat(CreateSources.OfSearch).Concat(CreateRules.OfSource)
        .Select(parse.GetResult).OfType<OptionResult>().Where(result => !result.Implicit)
        .SelectMany(result => result.Tokens.Count == 0 ? [result.Option.Name] : result.Tokens.Select(token => $"{result.Option.Name} {Quote(token.Value)}"));

    private static string Quote(string word) => word.Any(letter => !char.IsAsciiLetterOrDigit(letter) && !"@:/._-+,?=&%".Contains(letter, StringComparison.Ordinal)) ? $"'{word}'" : word;

    private static string Short(string text) => VisibleText.OneLine(text, LongestName).Trim() is { Length: > 0 } name ? name : "job";
}
