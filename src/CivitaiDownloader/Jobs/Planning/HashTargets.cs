using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Planning;

/// <summary>From a hash to the version and the file that has it. Never to another file of that version.</summary>
internal sealed class HashTargets(CivitaiCatalog catalog)
{
    private const int ShortAutoV3 = 12;

    /// <param name="readings">What the hash may be; all have the same digits.</param>
    /// <param name="what">How messages call it.</param>
    /// <exception cref="CatalogException">Nobody has it, or the API fails.</exception>
    public async Task<FoundTarget> FindAsync(IReadOnlyList<ContentHash> readings, string what, CacheUse use, CancellationToken cancellationToken)
    {
        var version = await VersionAsync(readings, what, use, cancellationToken);
        var model = await catalog.FindModelOfAsync(version, use, cancellationToken);
        var files = VersionFiles.Of(model, version);
        var having = HashReading.FilesWith(files, readings);
        return new(model, version)
        {
            NamesVersion = true,
            File = having.Count == 1 ? having[0] : null,
            AlsoIn = [.. (model?.Versions ?? []).Where(other => other.Id != version.Id && HashReading.FilesWith(other.Files, readings).Count > 0)],
            Refusal = having.Count switch
            {
                1 => null,
                0 => CatalogErrors.NoSuchFile(ResolvedTarget.Describe(model, version), what, FileChoice.List(files)),
                _ => CatalogErrors.AmbiguousHash(what, FileChoice.List(having)),
            },
        };
    }

    private async Task<ModelVersion> VersionAsync(IReadOnlyList<ContentHash> readings, string what, CacheUse use, CancellationToken cancellationToken)
    {
        try
        {
            return await catalog.GetVersionByHashAsync(readings[0], use, cancellationToken); // one question: the site looks among hashes of every kind
        }
        catch (CatalogException unknown) when (unknown.Fault == CatalogFault.NotFound)
        {
            // Recorded with 64 digits in 2023, kept with twelve today (civitai-api 2.4).
            if (readings is [{ Kind: HashKind.AutoV3, Hex.Length: > ShortAutoV3 } recorded])
                return await VersionAsync([ContentHash.Parse(HashKind.AutoV3, recorded.Hex[..ShortAutoV3])], what, use, cancellationToken);
            throw CatalogErrors.UnknownHash(what);
        }
    }
}
