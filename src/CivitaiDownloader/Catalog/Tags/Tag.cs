namespace CivitaiDownloader.Catalog.Tags;

/// <summary>A tag that models carry.</summary>
/// <param name="ModelCount">Null since October 2025, when the API stopped counting.</param>
public sealed record Tag(string Name, long? ModelCount);
