namespace CivitaiDownloader.Catalog.Enumerations;

/// <summary>The members the site's enumerations have today (civitai-api 10, <c>/enums</c>).</summary>
public sealed record PublishedEnumerations
{
    public IReadOnlyList<string> ModelTypes { get; init; } = [];
    public IReadOnlyList<string> FileTypes { get; init; } = [];

    /// <summary>Base models that people can choose today.</summary>
    public IReadOnlyList<string> ActiveBaseModels { get; init; } = [];

    /// <summary>All that occur in data.</summary>
    public IReadOnlyList<string> BaseModels { get; init; } = [];
    public IReadOnlyList<string> BaseModelTypes { get; init; } = [];

    /// <summary>The whole object as served, UTF-8 JSON: lists that are not known here are in it.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }
    public Provenance? Source { get; init; }
}
