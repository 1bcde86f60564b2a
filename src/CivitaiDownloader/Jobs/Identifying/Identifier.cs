using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Storage;

namespace CivitaiDownloader.Jobs.Identifying;

/// <summary>Says which versions have files with given contents: from what the site has answered before, else by asking it, many at a time.</summary>
public sealed class Identifier(HashLookup lookup, CivitaiCatalog catalog, Database database, HttpOptions http, TimeProvider time)
{
    // A content's version does not change; its names may. That nobody has a content changes with every upload: it is believed as long as any answer is.
    private static readonly TimeSpan NamesAreGoodFor = TimeSpan.FromDays(7);

    private readonly KnownHashes _known = new(database, http.Endpoint.Authority.ToLowerInvariant(), time);

    /// <summary>Never throws for a site that fails: see <see cref="Identification.Failure"/>. What was answered is kept as it comes.</summary>
    public async Task<Identification> IdentifyAsync(IReadOnlyCollection<ContentHash> hashes, CacheUse use, CancellationToken cancellationToken)
    {
        var result = new Identification();
        var known = _known.Find(hashes);
        var open = new List<ContentHash>();
        foreach (var hash in hashes.Distinct())
        {
            if (use == CacheUse.Normal && known.TryGetValue(hash, out var answer) && IsFresh(answer)) result.Answer(hash, answer.Versions);
            else open.Add(hash);
        }

        try
        {
            foreach (var some in open.Chunk(HashLookup.MostIds)) await AskAsync(some, result, use, cancellationToken);
        }
        catch (CivitaiDownloaderException failure) when (failure is HttpException or CatalogException)
        {
            result.Failure = failure;
            foreach (var hash in open.Where(hash => result.Find(hash) is null or [{ ModelName: null }, ..]))
            {
                if (!known.TryGetValue(hash, out var old)) continue;
                result.Answer(hash, old.Versions);
                result.Oldest = result.Oldest is { } before && before < old.AskedAt ? before : old.AskedAt;
            }
        }

        return result;
    }

    private bool IsFresh(KnownHash answer) => time.GetUtcNow() - answer.AskedAt < (answer.Versions.Count > 0 ? NamesAreGoodFor : http.CacheLifetime);

    private async Task AskAsync(IReadOnlyCollection<ContentHash> hashes, Identification result, CacheUse use, CancellationToken cancellationToken)
    {
        var report = new ListReport();
        var matches = (await lookup.FindIdsAsync(hashes, report, cancellationToken)).ToLookup(match => match.Sha256);
        result.Skipped += report.Skipped;
        var unknown = hashes.Where(hash => !matches.Contains(hash)).ToArray();
        foreach (var hash in unknown) result.Answer(hash, []);
        if (report.Skipped == 0) _known.Keep([.. unknown.Select(hash => (hash, (IReadOnlyList<IdentifiedVersion>)[]))]);

        // Numbers first: if the names cannot be had, they are still worth showing.
        var found = hashes.Where(matches.Contains).ToArray();
        foreach (var hash in found) result.Answer(hash, [.. matches[hash].Select(match => new IdentifiedVersion(match.Version, match.Model))]);
        foreach (var some in found.Chunk(HashLookup.MostVersions))
        {
            var versions = (await lookup.FindVersionsAsync(some, new(), cancellationToken)).ToDictionary(version => version.Id);
            await AddMissingAsync(versions, some.SelectMany(hash => matches[hash]), use, cancellationToken);
            foreach (var hash in some) result.Answer(hash, [.. matches[hash].Select(match => Name(match, versions.GetValueOrDefault(match.Version))).OrderBy(version => version.Version.Value)]);
            _known.Keep([.. some.Select(hash => (hash, result.Find(hash)!))]);
        }
    }

    // An archived version has no file that could be used, so the batch leaves it out; asked for alone it is shown (civitai-api 5.1, 5.2).
    private async Task AddMissingAsync(Dictionary<ModelVersionId, ModelVersion> versions, IEnumerable<HashMatch> matches, CacheUse use, CancellationToken cancellationToken)
    {
        foreach (var id in matches.Select(match => match.Version).Distinct().Where(id => !versions.ContainsKey(id)).ToArray())
        {
            try
            {
                versions[id] = await catalog.GetVersionAsync(id, use, cancellationToken);
            }
            catch (CatalogException)
            {
                // Hidden, gone, or one the site itself fails on (civitai-api 5): it goes by its number, and the others keep their names.
            }
        }
    }

    private static IdentifiedVersion Name(HashMatch match, ModelVersion? version) => new(match.Version, match.Model ?? version?.ModelId)
    {
        File = version?.Files.FirstOrDefault(file => file.Sha256 == match.Sha256)?.Id,
        ModelName = version?.Model?.Name,
        ModelType = version?.Model?.Type,
        VersionName = version?.Name,
        BaseModel = version?.BaseModel,
    };
}
