namespace CivitaiDownloader.Catalog.Searching;

/// <summary>What the API is asked for and its models say of themselves as well. Of a model that does not say, the API's word counts.</summary>
internal static class StateFilters
{
    public static IEnumerable<ModelFilter> For(SearchQuery query)
    {
        if (query.Archived == Inclusion.Only) yield return new("archived", model => model.IsArchived); // the API can only be asked for both
        if (query.SupportsGeneration) yield return new("supports-generation", model => model.SupportsGeneration != false, IsBackstop: true);
        if (query.Availability is { } wanted) yield return new("availability", model => model.Availability is null || model.Availability == wanted, IsBackstop: true);
    }
}
