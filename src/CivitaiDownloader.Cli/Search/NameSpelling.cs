using CivitaiDownloader.Catalog;
using CivitaiDownloader.Catalog.Enumerations;
using CivitaiDownloader.Catalog.Searching;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Search;

/// <summary>
/// Civitai's names of types and base models are particular about case and blanks; people are not. Names that are not known here are looked up in the
/// site's own list of today, when it can be reached.
/// </summary>
internal sealed class NameSpelling(EnumerationReader names, CacheUse use, Screen screen)
{
    private readonly List<string> _warnings = [];
    private PublishedEnumerations? _today;

    /// <summary>What was said about names, for a document.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <exception cref="UsageException">The site would refuse a type it does not have.</exception>
    public async Task<IReadOnlyList<string>> TypesAsync(IEnumerable<string> typed, CancellationToken cancellationToken)
    {
        var spelt = new List<string>();
        foreach (var type in typed.SelectMany(FilterWords.Split))
        {
            var known = Find(KnownNames.Types, type) ?? Find((await TodayAsync(cancellationToken)).ModelTypes, type);
            if (known is null) throw Unknown(type, [.. KnownNames.Types.Union(_today!.ModelTypes)]);
            spelt.Add(known);
        }

        return [.. spelt.Distinct()];
    }

    /// <summary>One that nobody knows is asked for all the same: the site takes any text, and new ones appear without notice.</summary>
    public async Task<IReadOnlyList<string>> BaseModelsAsync(IEnumerable<string> typed, CancellationToken cancellationToken)
    {
        var spelt = new List<string>();
        foreach (var name in typed.SelectMany(FilterWords.Split)) // no name of a base model has a comma, and the site does not split at one
        {
            var known = Find(KnownNames.BaseModels, name) ?? Find((await TodayAsync(cancellationToken)).BaseModels, name);
            if (known is null) Warn(name);
            spelt.Add(known ?? name);
        }

        return [.. spelt.Distinct()];
    }

    private void Warn(string name)
    {
        var near = NearMisses.Of(name, KnownNames.BaseModels.Union(_today!.BaseModels));
        _warnings.Add($"'{VisibleText.OneLine(name, 80)}' is no base model that is known{(near.Count == 0 ? "." : $"; did you mean {NearMisses.Sentence(near)}?")} Models for one that Civitai does not know do not exist.");
        screen.Warn(_warnings[^1]);
    }

    private static string? Find(IEnumerable<string> names, string typed) => names.FirstOrDefault(name => name == typed) ?? names.FirstOrDefault(name => FilterWords.Plain(name) == FilterWords.Plain(typed));

    private static UsageException Unknown(string type, IReadOnlyList<string> known)
    {
        var near = NearMisses.Of(type, known);
        return new("usage", $"'{VisibleText.OneLine(type, 60)}' is not a type of model{(near.Count == 0 ? "" : $"; did you mean {NearMisses.Sentence(near)}?")}") { Hint = $"There are {string.Join(", ", known)}. Nothing was searched." };
    }

    private async Task<PublishedEnumerations> TodayAsync(CancellationToken cancellationToken)
    {
        try
        {
            return _today ??= await names.GetAsync(use, cancellationToken);
        }
        catch (CivitaiDownloaderException failure) when (failure is CatalogException or HttpException)
        {
            return _today = new(); // then what is built in must do
        }
    }
}
