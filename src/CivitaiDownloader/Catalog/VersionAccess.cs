using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog;

/// <summary>
/// Who may have a version, as <c>/model-versions/mini</c> tells it: the only public place that says whether a key is needed (civitai-api 5.4).
/// Null where the site did not say.
/// </summary>
public sealed record VersionAccess
{
    /// <summary>From the version's AIR; null when that cannot be read.</summary>
    public ModelId? Model { get; init; }
    public string? ModelName { get; init; }
    public string? VersionName { get; init; }

    /// <summary>Public, Unsearchable, Private, EarlyAccess … or something newer.</summary>
    public string? Availability { get; init; }

    /// <summary>Whether the download wants a key.</summary>
    public bool? RequireAuth { get; init; }

    /// <summary>Whether the account must have been let in: bought, or granted.</summary>
    public bool? CheckPermission { get; init; }
    public DateTimeOffset? EarlyAccessEndsAt { get; init; }
    public string? Air { get; init; }

    /// <summary>The whole object as served, UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }
    public Provenance? Source { get; init; }
}
