using System.Runtime.CompilerServices;
using CivitaiDownloader.Catalog.Drift;
using CivitaiDownloader.Catalog.Reading;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog;

/// <summary>What Civitai says exists. Reads, keeps for a while, never changes anything there.</summary>
public sealed class CivitaiCatalog(ApiReader api, HttpOptions options, ApiDrift? drift = null)
{
    // The API has been seen to hand out a cursor again; a list that goes nowhere for this long has ended.
    private const int MostPagesWithoutNews = 20;

    private readonly CivitaiAddresses _addresses = new(options.Endpoint);
    private readonly EndpointReader _endpoints = new(api, drift);

    /// <summary>Follows the list by its cursors to the end or the limit. Each model once; the first come before the next page is asked for.</summary>
    /// <exception cref="CatalogException">The API refuses or cannot be read. What was yielded before is good.</exception>
    public async IAsyncEnumerable<Model> SearchAsync(
        SearchQuery query, SearchReport report, CacheUse use, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<long>();
        var withoutNews = 0;
        for (string? cursor = null; ;)
        {
            var page = await ReadPageAsync(_addresses.Search(query, cursor), use, cancellationToken);
            report.Pages++;
            report.Skipped += page.Skipped;
            var before = report.Found;
            foreach (var model in page.Items)
            {
                if (report.Found == query.Limit) break;
                if (!seen.Add(model.Id.Value))
                {
                    report.Duplicates++;
                    continue;
                }

                report.Found++;
                yield return model;
            }

            withoutNews = report.Found == before ? withoutNews + 1 : 0;
            report.IsComplete = report.Found == query.Limit || page.NextCursor is null;
            if (report.IsComplete || withoutNews == MostPagesWithoutNews) yield break;
            var next = SearchCursor.Next(page.NextCursor!, query.Text is null ? query.Sort : null);
            if (next == cursor) yield break;
            cursor = next;
        }
    }

    /// <exception cref="CatalogException">No such model, or the API fails.</exception>
    public async Task<Model> GetModelAsync(ModelId id, CacheUse use, CancellationToken cancellationToken)
    {
        var model = await _endpoints.OneAsync(new(ApiEndpoint.Model, _addresses.Model(id), $"Model {id}"), use, ModelReader.ReadModel, cancellationToken);
        return model.Versions.Count > 0 || model.IsArchived ? model : await FromListAsync(model, use, cancellationToken);
    }

    /// <exception cref="CatalogException">No such version, or the API fails.</exception>
    public Task<ModelVersion> GetVersionAsync(ModelVersionId id, CacheUse use, CancellationToken cancellationToken) =>
        _endpoints.OneAsync(new(ApiEndpoint.ModelVersion, _addresses.Version(id), $"Version {id}"), use, ModelReader.ReadVersion, cancellationToken);

    /// <summary>A file may belong to several versions; the API names one of them.</summary>
    /// <exception cref="CatalogException">Nobody has this hash, or the API fails.</exception>
    public Task<ModelVersion> GetVersionByHashAsync(ContentHash hash, CacheUse use, CancellationToken cancellationToken) =>
        _endpoints.OneAsync(new(ApiEndpoint.ModelVersionByHash, _addresses.VersionByHash(hash), $"A file with the hash {hash}"), use, ModelReader.ReadVersion, cancellationToken);

    /// <summary>The model of a version: its answer names no creator (civitai-api 5).</summary>
    /// <returns>Null when it is hidden from the caller, which is no reason to give up the version.</returns>
    /// <exception cref="CatalogException">The API fails.</exception>
    public async Task<Model?> FindModelOfAsync(ModelVersion version, CacheUse use, CancellationToken cancellationToken)
    {
        try
        {
            return version.ModelId is { } id ? await GetModelAsync(id, use, cancellationToken) : null;
        }
        catch (CatalogException hidden) when (hidden.Fault is CatalogFault.NotFound or CatalogFault.AccessRefused or CatalogFault.SignInRequired)
        {
            return null;
        }
    }

    /// <summary>Who may have a version.</summary>
    /// <exception cref="CatalogException">No such version, it has no file, or the API fails.</exception>
    public Task<VersionAccess> GetAccessAsync(ModelVersionId id, CacheUse use, CancellationToken cancellationToken) =>
        _endpoints.OneAsync(new(ApiEndpoint.ModelVersionMini, _addresses.VersionMini(id), $"Version {id}"), use, static (json, _) => VersionAccessReader.Read(json), cancellationToken);

    // A model that has versions is sometimes served without them; the list then still has them (civitai-api 4).
    private async Task<Model> FromListAsync(Model model, CacheUse use, CancellationToken cancellationToken)
    {
        var page = await ReadPageAsync(_addresses.ModelInList(model.Id), use, cancellationToken);
        return page.Items.FirstOrDefault(item => item.Id == model.Id) is { Versions.Count: > 0 } listed ? listed : model;
    }

    private async Task<SearchPage> ReadPageAsync(Uri address, CacheUse use, CancellationToken cancellationToken)
    {
        var page = await _endpoints.PageAsync(new(ApiEndpoint.Models, address, "The search"), use, ModelReader.ReadModel, cancellationToken);
        return new(page.Items, page.NextCursor, page.Skipped);
    }
}
