using CivitaiDownloader.Catalog;

namespace CivitaiDownloader.Jobs.Planning;

/// <summary>Which versions of a model are taken.</summary>
public enum VersionChoice
{
    /// <summary>The one that was named; of a model the first its creator shows.</summary>
    Named,

    /// <summary>The one that came out last, whichever was named.</summary>
    Latest,
    All,
}

/// <summary>What of that which the sources name becomes part of a job. What is null or empty rules nothing.</summary>
public sealed record PlanRules
{
    public VersionChoice Versions { get; init; }

    /// <summary>Which of a version's files.</summary>
    public FilePreferences Preferences { get; init; } = new();

    /// <summary>All files of a version that fit, rather than one.</summary>
    public bool AllFiles { get; init; }

    public bool OnlySafeTensors { get; init; }

    /// <summary>A file whose size nobody names is larger.</summary>
    public long? MaxFileBytes { get; init; }

    /// <summary>What is to be fetched, all together. A file that would go beyond is left out; smaller ones behind it are not.</summary>
    public long? MaxTotalBytes { get; init; }

    /// <summary>Files to be fetched; what is there already does not count.</summary>
    public int? MaxFiles { get; init; }

    public IReadOnlyList<string> SkipTags { get; init; } = [];
    public IReadOnlyList<string> SkipBaseModels { get; init; } = [];
    public IReadOnlyList<NamePattern> SkipNames { get; init; } = [];

    /// <returns>The rule that leaves the model out, as its option is called; null when none does.</returns>
    public string? Against(Model model)
    {
        if (SkipTags.Any(tag => model.Tags.Contains(tag, StringComparer.OrdinalIgnoreCase))) return "skip-tag";
        return SkipNames.Any(name => name.Matches(model.Name)) ? "skip-name" : null;
    }

    /// <returns>The rule that leaves the version out; null when none does.</returns>
    public string? Against(ModelVersion version)
    {
        if (SkipBaseModels.Any(name => Plain(name) == Plain(version.BaseModel ?? ""))) return "skip-base-model";
        return version.Model is { } model && SkipNames.Any(name => name.Matches(model.Name)) ? "skip-name" : null;
    }

    // People write sdxl1.0 for SDXL 1.0.
    private static string Plain(string text) => new([.. text.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
