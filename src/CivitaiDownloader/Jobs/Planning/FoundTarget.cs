using CivitaiDownloader.Catalog;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Planning;

/// <summary>What a target points at, whether or not it can be downloaded: enough to look at it.</summary>
/// <param name="Model">Null where only the version could be had.</param>
/// <param name="Version">The version that was named, else the first of the model; null when the model shows none.</param>
public sealed record FoundTarget(Model? Model, ModelVersion? Version)
{
    /// <summary>The file the target names by its id, its hash or its description; null when it names none.</summary>
    public ModelFile? File { get; init; }

    /// <summary>The version's files, each with what the two answers about it say together.</summary>
    public IReadOnlyList<ModelFile> Files => Version is null ? [] : VersionFiles.Of(Model, Version);

    /// <summary>Whether the target named the version, rather than the model.</summary>
    public bool NamesVersion { get; init; }

    /// <summary>Other versions of the model that have the same file: the site names one of them only.</summary>
    public IReadOnlyList<ModelVersion> AlsoIn { get; init; } = [];

    /// <summary>Why nothing is to be downloaded, although there is something to look at.</summary>
    public CatalogException? Refusal { get; init; }

    /// <exception cref="CatalogException">Only the version could be had.</exception>
    public Model RequireModel() => Model ?? throw CatalogErrors.NotFound($"The model of version {Version?.Id}", null);

    /// <exception cref="CatalogException">Archived, without a file, or the file it names is not there.</exception>
    public ResolvedTarget ToDownload()
    {
        if (Model?.IsArchived == true || Version?.Model?.Mode == "Archived") throw CatalogErrors.Archived($"'{VisibleText.OneLine(Model?.Name ?? Version?.Model?.Name, 80)}'");
        if (Refusal is not null) throw Refusal;
        return Version is null ? throw CatalogErrors.NoFiles($"'{VisibleText.OneLine(Model?.Name, 80)}'") : new(Model, Version, File) { AlsoIn = AlsoIn };
    }
}

/// <summary>A target's version, with its model where it can be had, and the file that the target names.</summary>
public sealed record ResolvedTarget(Model? Model, ModelVersion Version, ModelFile? File)
{
    /// <summary>Other versions of the model that have the same file, where a hash led here.</summary>
    public IReadOnlyList<ModelVersion> AlsoIn { get; init; } = [];

    public string What => Describe(Model, Version);

    internal static string Describe(Model? model, ModelVersion version) =>
        $"'{VisibleText.OneLine(model?.Name ?? version.Model?.Name ?? "model", 80)}' {VisibleText.OneLine(version.Name, 40)} (version {version.Id})";
}
