using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Planning;

/// <summary>A target's version, with its model where it can be had, and the file a download address or a hash names.</summary>
public sealed record ResolvedTarget(Model? Model, ModelVersion Version, ModelFile? File)
{
    public string What => $"'{VisibleText.OneLine(Model?.Name ?? Version.Model?.Name ?? "model", 80)}' {VisibleText.OneLine(Version.Name, 40)} (version {Version.Id})";
}

/// <summary>Finds what people point at.</summary>
public sealed class TargetResolver(CivitaiCatalog catalog)
{
    /// <exception cref="CatalogException">There is no such thing, or the API fails.</exception>
    public Task<ResolvedTarget> ResolveAsync(Target target, CacheUse use, CancellationToken cancellationToken) => target switch
    {
        Target.ByModel byModel => NewestAsync(byModel.Model, use, cancellationToken),
        Target.ByVersion { Model: { } model } byVersion => OfModelAsync(model, byVersion.Version, use, cancellationToken),
        Target.ByVersion byVersion => VersionAsync(byVersion.Version, null, use, cancellationToken),
        Target.ByFile byFile => VersionAsync(byFile.Version, byFile.File, use, cancellationToken),
        Target.ByHash byHash => HashAsync(byHash.Hash, use, cancellationToken),
        _ => throw new System.Diagnostics.UnreachableException(),
    };

    /// <summary>The model of a target, with all its versions.</summary>
    /// <exception cref="CatalogException">There is no such thing, or the API fails.</exception>
    public async Task<Model> ModelAsync(Target target, CacheUse use, CancellationToken cancellationToken)
    {
        if (target is Target.ByModel byModel) return await ModelAsync(byModel.Model, use, cancellationToken);
        var resolved = await ResolveAsync(target, use, cancellationToken);
        return resolved.Model ?? throw CatalogErrors.NotFound($"The model of version {resolved.Version.Id}", null);
    }

    private async Task<ResolvedTarget> NewestAsync(ModelId id, CacheUse use, CancellationToken cancellationToken)
    {
        var model = await ModelAsync(id, use, cancellationToken);
        var name = $"'{VisibleText.OneLine(model.Name, 80)}'";
        if (model.IsArchived) throw CatalogErrors.Archived(name);
        return model.Versions.Count == 0 ? throw CatalogErrors.NoFiles(name) : new(model, model.Versions[0], null);
    }

    private async Task<ResolvedTarget> OfModelAsync(ModelId modelId, ModelVersionId versionId, CacheUse use, CancellationToken cancellationToken)
    {
        var model = await ModelAsync(modelId, use, cancellationToken);
        var name = $"'{VisibleText.OneLine(model.Name, 80)}' (model {modelId})";
        if (model.IsArchived) throw CatalogErrors.Archived(name);
        var version = model.Versions.FirstOrDefault(version => version.Id == versionId)
            ?? throw CatalogErrors.NoSuchVersion(name, versionId, string.Join("; ", model.Versions.Take(12).Select(version => $"{version.Id} '{VisibleText.OneLine(version.Name, 40)}'")));
        return new(model, version, null);
    }

    private async Task<ResolvedTarget> VersionAsync(ModelVersionId id, FileId? fileId, CacheUse use, CancellationToken cancellationToken)
    {
        var version = await catalog.GetVersionAsync(id, use, cancellationToken);
        var file = fileId is null ? null : version.Files.FirstOrDefault(file => file.Id == fileId)
            ?? throw CatalogErrors.NoSuchFile($"Version {id}", $"the id {fileId}", FileChoice.List(version.Files));
        return new(await ModelOfAsync(version, use, cancellationToken), version, file);
    }

    private async Task<ResolvedTarget> HashAsync(ContentHash hash, CacheUse use, CancellationToken cancellationToken)
    {
        var version = await catalog.GetVersionByHashAsync(hash, use, cancellationToken);
        return new(await ModelOfAsync(version, use, cancellationToken), version, version.Files.FirstOrDefault(file => file.Hashes.Contains(hash)));
    }

    // The version's answer names no creator (civitai-api 5). A model that cannot be had is no reason to give up its file.
    private async Task<Model?> ModelOfAsync(ModelVersion version, CacheUse use, CancellationToken cancellationToken)
    {
        try
        {
            return version.ModelId is { } id ? await catalog.GetModelAsync(id, use, cancellationToken) : null;
        }
        catch (CatalogException hidden) when (hidden.Fault is CatalogFault.NotFound or CatalogFault.AccessRefused or CatalogFault.SignInRequired)
        {
            return null;
        }
    }

    private async Task<Model> ModelAsync(ModelId id, CacheUse use, CancellationToken cancellationToken)
    {
        try
        {
            return await catalog.GetModelAsync(id, use, cancellationToken);
        }
        catch (CatalogException notFound) when (notFound.Fault == CatalogFault.NotFound)
        {
            // A bare number is often a version's, copied from a download address (civitai-api 13).
            throw await IsVersionAsync(id, use, cancellationToken) is { ModelId: { } model } ? CatalogErrors.IsVersion(id, model) : notFound;
        }
    }

    private async Task<ModelVersion?> IsVersionAsync(ModelId id, CacheUse use, CancellationToken cancellationToken)
    {
        try
        {
            return await catalog.GetVersionAsync(new(id.Value), use, cancellationToken);
        }
        catch (CivitaiDownloaderException)
        {
            return null; // only a hint depends on it
        }
    }
}
