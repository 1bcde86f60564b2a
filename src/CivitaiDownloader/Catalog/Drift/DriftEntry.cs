namespace CivitaiDownloader.Catalog.Drift;

/// <summary>Something the API has said that is not in what is known of it.</summary>
/// <param name="Endpoint">As the site's documentation writes it: <c>models/:id</c>.</param>
/// <param name="Kind"><see cref="UnknownField"/> or <see cref="UnknownValue"/>.</param>
/// <param name="Name">Where and what: <c>modelVersions[].files[].colour</c>, <c>type=Hologram</c>. One harmless line.</param>
/// <param name="Count">How often, in answers that came from the site; those from the cache count once.</param>
public sealed record DriftEntry(string Endpoint, string Kind, string Name, long Count, DateTimeOffset FirstSeen, DateTimeOffset LastSeen)
{
    public const string UnknownField = "unknown-field";
    public const string UnknownValue = "unknown-value";
}
