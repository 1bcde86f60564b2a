using System.Collections.Concurrent;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Planning;

/// <summary>Who may have a version, beyond what lists say.</summary>
/// <param name="UsageControl">Null where the site did not say.</param>
/// <param name="Access">Null where the site did not say.</param>
internal sealed record KnownAccess(string? UsageControl, VersionAccess? Access);

/// <summary>
/// Asks who may have a version. Lists do not say it, and two questions for each of ten thousand would take longer than most of the downloads: the first ones
/// are asked about, and the download itself has the last word on all.
/// </summary>
internal sealed class AccessChecks(CivitaiCatalog catalog, CacheUse use)
{
    private const int Most = 50;
    private const int AtOnce = 4;

    private int _asked;

    /// <returns>For those that were asked about.</returns>
    public async Task<IReadOnlyDictionary<ModelVersionId, KnownAccess>> AskAsync(IEnumerable<ModelVersion> versions, CancellationToken cancellationToken)
    {
        ModelVersion[] asked = [.. versions.DistinctBy(version => version.Id).Take(Most - _asked)];
        _asked += asked.Length;
        var known = new ConcurrentDictionary<ModelVersionId, KnownAccess>();
        await Parallel.ForEachAsync(asked, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken }, async (version, cancel) =>
        {
            var access = AnswerAsync(() => catalog.GetAccessAsync(version.Id, use, cancel));
            var own = version.UsageControl is null ? await AnswerAsync(() => catalog.GetVersionAsync(version.Id, use, cancel)) : version;
            known[version.Id] = new(own?.UsageControl, await access);
        });
        return known;
    }

    // What is not known is not said: nothing else depends on it.
    private static async Task<T?> AnswerAsync<T>(Func<Task<T>> ask) where T : class
    {
        try
        {
            return await ask();
        }
        catch (CivitaiDownloaderException)
        {
            return null;
        }
    }
}
