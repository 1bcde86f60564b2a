using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Planning;

/// <summary>Finds what people point at.</summary>
public sealed class TargetResolver(CivitaiCatalog catalog)
{
    private readonly HashTargets _hashes = new(catalog);
    private readonly BareNumber _numbers = new(catalog);

    /// <summary>What is to be downloaded for a target.</summary>
    /// <exception cref="CivitaiDownloaderException">There is no such thing, it is not offered, or the API fails.</exception>
    public async Task<ResolvedTarget> ResolveAsync(Target target, CacheUse use, CancellationToken cancellationToken) =>
        (await FindAsync(target, use, cancellationToken)).ToDownload();

    /// <summary>What there is to look at for a target: archived models, too.</summary>
    /// <exception cref="CivitaiDownloaderException">There is no such thing, or the API fails.</exception>
    public async Task<FoundTarget> FindAsync(Target target, CacheUse use, CancellationToken cancellationToken) => target switch
    {
        Target.ByNumber byNumber => Newest(await _numbers.ModelAsync(byNumber.Number, use, cancellationToken)),
        Target.ByModel byModel => Newest(await ModelAsync(byModel.Model, use, cancellationToken)),
        Target.ByVersion { Model: { } model } byVersion => await OfModelAsync(model, byVersion.Version, use, cancellationToken),
        Target.ByVersion byVersion => await VersionAsync(byVersion.Version, use, cancellationToken),
        Target.ByFile byFile => await FileAsync(byFile, use, cancellationToken),
        Target.ByHash byHash => await _hashes.FindAsync([byHash.Hash], $"the hash {byHash.Hash}", use, cancellationToken),
        Target.ByDigits byDigits => await _hashes.FindAsync(HashReading.Of(byDigits.Hex), $"the hash {byDigits.Hex}", use, cancellationToken),
        Target.ByPath byPath => await ContentAsync(byPath.Path, use, cancellationToken),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The model of a target, with all its versions.</summary>
    /// <exception cref="CivitaiDownloaderException">There is no such thing, or the API fails.</exception>
    public async Task<Model> ModelAsync(Target target, CacheUse use, CancellationToken cancellationToken) =>
        (await FindAsync(target, use, cancellationToken)).RequireModel();

    private static FoundTarget Newest(Model model) => new(model, model.Versions.Count > 0 ? model.Versions[0] : null);

    private async Task<FoundTarget> OfModelAsync(ModelId modelId, ModelVersionId versionId, CacheUse use, CancellationToken cancellationToken)
    {
        var model = await ModelAsync(modelId, use, cancellationToken);
        var version = model.Versions.FirstOrDefault(version => version.Id == versionId)
            ?? throw CatalogErrors.NoSuchVersion($"'{VisibleText.OneLine(model.Name, 80)}' (model {modelId})", versionId, string.Join("; ", model.Versions.Take(12).Select(version => $"{version.Id} '{VisibleText.OneLine(version.Name, 40)}'")));
        return new(model, version) { NamesVersion = true };
    }

    private async Task<FoundTarget> VersionAsync(ModelVersionId id, CacheUse use, CancellationToken cancellationToken)
    {
        var version = await catalog.GetVersionAsync(id, use, cancellationToken);
        return new(await catalog.FindModelOfAsync(version, use, cancellationToken), version) { NamesVersion = true };
    }

    private async Task<FoundTarget> FileAsync(Target.ByFile target, CacheUse use, CancellationToken cancellationToken)
    {
        var found = await VersionAsync(target.Version, use, cancellationToken);
        var version = found.Version!;
        if (target.Model is { } named && (found.Model?.Id ?? version.ModelId) is { } its && its != named) throw CatalogErrors.OtherModel(version.Id, named, its);
        var files = VersionFiles.Of(found.Model, version);
        if (files.Count == 0) return found; // archived: there is a page to look at
        if (target.File is { } id)
        {
            return found with { File = files.FirstOrDefault(file => file.Id == id) ?? throw CatalogErrors.NoSuchFile($"Version {version.Id}", $"the id {id}", FileChoice.List(files)) };
        }

        return target.Traits is { } traits ? found with { File = FileTraitsChoice.Choose(files, ResolvedTarget.Describe(found.Model, version), traits) } : found;
    }

    private async Task<FoundTarget> ContentAsync(string path, CacheUse use, CancellationToken cancellationToken)
    {
        var hash = await LocalFile.Sha256Async(path, cancellationToken);
        return await _hashes.FindAsync([hash], $"the content of '{VisibleText.OneLine(path, 300)}' ({hash})", use, cancellationToken);
    }

    // A number that was called a model's is often a version's, copied from a download address (civitai-api 13).
    private async Task<Model> ModelAsync(ModelId id, CacheUse use, CancellationToken cancellationToken)
    {
        try
        {
            return await catalog.GetModelAsync(id, use, cancellationToken);
        }
        catch (CatalogException notFound) when (notFound.Fault == CatalogFault.NotFound)
        {
            throw await _numbers.VersionAsync(id.Value, use, cancellationToken) is { Model: { } model } ? CatalogErrors.IsVersion(id, model) : notFound;
        }
    }
}
