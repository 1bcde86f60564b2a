using System.Runtime.CompilerServices;
using CivitaiDownloader.Catalog.Accounts;
using CivitaiDownloader.Catalog.Drift;
using CivitaiDownloader.Catalog.Reading;
using CivitaiDownloader.Catalog.Searching;
using CivitaiDownloader.Catalog.Tags;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog;

/// <summary>What Civitai says exists. Reads, keeps for a while, never changes anything there. Safe from any thread.</summary>
public sealed class CivitaiCatalog(ApiReader api, HttpOptions options, TagReader tags, ApiDrift? drift = null)
{
    private readonly CivitaiAddresses _addresses = new(options.Endpoint);
    private readonly EndpointReader _endpoints = new(api, drift);
    private readonly AccountReader _accounts = new(api, options);

    /// <summary>Follows the list to the end or the limit. Each model once; the first come before the next page is asked for.</summary>
    /// <exception cref="CatalogException">The API refuses or cannot be read, or it does not know the tag or the creator, or wants a key for the filter. What was yielded before is good.</exception>
    /// <exception cref="HttpException">No answer came. What was yielded before is good.</exception>
    public async IAsyncEnumerable<Model> SearchAsync(
        SearchQuery query, SearchReport report, CacheUse use, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (query.Followed) await CheckKeyAsync(use, cancellationToken);
        var plan = await new TagPlanner(tags, use).PlanAsync(query, report, cancellationToken);
        var filters = new FilterTally(ClientFilters.For(query, plan));
        var search = new ModelSearch(query, plan, filters, report, (at, cancel) =>
            ReadResultsAsync(query, _addresses.Search(SearchParameters.Of(query, plan, !filters.IsEmpty), at), use, cancel));
        await foreach (var model in search.RunAsync(cancellationToken)) yield return model;
    }

    /// <summary>A model with its versions; where its own page comes without them, as the list has it. An archived one's versions have no files.</summary>
    /// <exception cref="CatalogException">No such model, or the API fails.</exception>
    /// <exception cref="HttpException">No answer came.</exception>
    public async Task<Model> GetModelAsync(ModelId id, CacheUse use, CancellationToken cancellationToken)
    {
        var model = await _endpoints.OneAsync(new(ApiEndpoint.Model, _addresses.Model(id), $"Model {id}"), use, ModelReader.ReadModel, cancellationToken);
        return model.Versions.Count > 0 || model.IsArchived ? model : await FromListAsync(model, use, cancellationToken);
    }

    /// <summary>A version as its own page has it: with its model's name, without its creator (<see cref="FindModelOfAsync"/>).</summary>
    /// <exception cref="CatalogException">No such version, or the API fails.</exception>
    /// <exception cref="HttpException">No answer came.</exception>
    public Task<ModelVersion> GetVersionAsync(ModelVersionId id, CacheUse use, CancellationToken cancellationToken) =>
        _endpoints.OneAsync(new(ApiEndpoint.ModelVersion, _addresses.Version(id), $"Version {id}"), use, ModelReader.ReadVersion, cancellationToken);

    /// <summary>A version with a file of this hash, of any kind. A file may belong to several; the API names one of them.</summary>
    /// <exception cref="CatalogException">Nobody has this hash, or the API fails.</exception>
    /// <exception cref="HttpException">No answer came.</exception>
    public Task<ModelVersion> GetVersionByHashAsync(ContentHash hash, CacheUse use, CancellationToken cancellationToken) =>
        _endpoints.OneAsync(new(ApiEndpoint.ModelVersionByHash, _addresses.VersionByHash(hash), $"A file with the hash {hash}"), use, ModelReader.ReadVersion, cancellationToken);

    /// <summary>The model of a version: its answer names no creator (civitai-api 5).</summary>
    /// <returns>Null when it is hidden from the caller, which is no reason to give up the version.</returns>
    /// <exception cref="CatalogException">The API fails.</exception>
    /// <exception cref="HttpException">No answer came.</exception>
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

    /// <summary>Who may have a version: whether the download wants a key, and until when it is in early access.</summary>
    /// <exception cref="CatalogException">No such version, it has no file, or the API fails.</exception>
    /// <exception cref="HttpException">No answer came.</exception>
    public Task<VersionAccess> GetAccessAsync(ModelVersionId id, CacheUse use, CancellationToken cancellationToken) =>
        _endpoints.OneAsync(new(ApiEndpoint.ModelVersionMini, _addresses.VersionMini(id), $"Version {id}"), use, VersionAccessReader.Read, cancellationToken);

    // A model that has versions is sometimes served without them; the list then still has them (civitai-api 4).
    private async Task<Model> FromListAsync(Model model, CacheUse use, CancellationToken cancellationToken)
    {
        var page = await ReadPageAsync(_addresses.ModelInList(model.Id), use, cancellationToken);
        return page.Items.FirstOrDefault(item => item.Id == model.Id) is { Versions.Count: > 0 } listed ? listed : model;
    }

    // Two refusals of the list are about one filter, which is worth naming.
    private async Task<SearchPage> ReadResultsAsync(SearchQuery query, Uri address, CacheUse use, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadPageAsync(address, use, cancellationToken);
        }
        catch (CatalogException refused) when (refused.Fault == CatalogFault.SignInRequired && (query.Favorites || query.Hidden))
        {
            throw CatalogErrors.NeedsAccount(query.Favorites ? "Favourites" : "Hidden models");
        }
        catch (CatalogException refused) when (refused.Fault == CatalogFault.NotFound && query.Creator is not null)
        {
            throw CatalogErrors.NoSuchCreator(query.Creator, refused);
        }
    }

    // For nobody the API silently drops the filter, and lists everything. What is kept was asked for with a key that was good.
    private async Task CheckKeyAsync(CacheUse use, CancellationToken cancellationToken)
    {
        if (use != CacheUse.Offline && await _accounts.FindAsync(cancellationToken) is null) throw CatalogErrors.NeedsAccount("Followed creators");
    }

    private async Task<SearchPage> ReadPageAsync(Uri address, CacheUse use, CancellationToken cancellationToken)
    {
        var page = await _endpoints.PageAsync(new(ApiEndpoint.Models, address, "The search"), use, ModelReader.ReadModel, cancellationToken);
        return SearchPage.Of(page);
    }
}
