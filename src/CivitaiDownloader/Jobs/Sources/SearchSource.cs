using System.Runtime.CompilerServices;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;

namespace CivitaiDownloader.Jobs.Sources;

/// <summary>What a search finds.</summary>
public sealed class SearchSource(CivitaiCatalog catalog, SearchQuery query, CacheUse use) : IJobSource
{
    public SearchReport Report { get; } = new();

    public IEnumerable<string> Gaps
    {
        get
        {
            if (Report.Skipped > 0) yield return $"{Report.Skipped} items of Civitai's list could not be read";
            if (Report.IsShort) yield return $"Civitai announced {Report.Announced} models and gave {Report.LookedAt}";
            if (Report.End == SearchEnd.NoCursor) yield return "Civitai named a next page of its list and no cursor to ask for it by";
            if (Report.End == SearchEnd.WentInCircles) yield return "Civitai's list went in circles and was left before its end";
        }
    }

    public async IAsyncEnumerable<SourceEntry> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var model in ModelsAsync(cancellationToken)) yield return new SourceEntry.Listed(model);
    }

    private IAsyncEnumerable<Model> ModelsAsync(CancellationToken cancellationToken) => query.Collection is { } collection
        ? OfCollectionAsync(collection, cancellationToken)
        : catalog.SearchAsync(query, Report, use, cancellationToken);

    // The site declares the parameter and refuses every value of it (civitai-api 3.1). Should it ever take one, the list is what was asked for.
    private async IAsyncEnumerable<Model> OfCollectionAsync(long collection, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var models = catalog.SearchAsync(query, Report, use, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await models.MoveNextAsync()) yield break;
            }
            catch (CatalogException refused) when (refused.Fault == CatalogFault.InvalidRequest)
            {
                throw SourceErrors.CollectionNotListed($"collection {collection}", refused);
            }

            yield return models.Current;
        }
    }
}
