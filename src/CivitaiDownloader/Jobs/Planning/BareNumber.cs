using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Planning;

/// <summary>
/// Models and versions are counted apart, so a number alone may be both. It is a model's; where it is a version's as well, nobody guesses
/// (docs/decisions/2026-11-bare-numbers.md).
/// </summary>
internal sealed class BareNumber(CivitaiCatalog catalog)
{
    /// <exception cref="CatalogException">No model has it, a version has it as well, or the API fails.</exception>
    public async Task<Model> ModelAsync(long number, CacheUse use, CancellationToken cancellationToken)
    {
        var asked = catalog.GetModelAsync(new(number), use, cancellationToken);
        var version = await VersionAsync(number, use, cancellationToken); // beside the other question; it fails for no reason but cancelling
        try
        {
            var model = await asked;
            return version is null ? model : throw CatalogErrors.AmbiguousNumber(model, version.Model, version);
        }
        catch (CatalogException notFound) when (notFound.Fault == CatalogFault.NotFound)
        {
            throw version is { Model: { } its } ? CatalogErrors.IsVersion(new(number), its) : notFound;
        }
    }

    /// <returns>Null when there is none, and when the site does not say: nothing but a question back depends on it.</returns>
    public async Task<VersionAccess?> VersionAsync(long number, CacheUse use, CancellationToken cancellationToken)
    {
        try
        {
            return await catalog.GetAccessAsync(new(number), use, cancellationToken);
        }
        catch (CivitaiDownloaderException)
        {
            return null;
        }
    }
}
