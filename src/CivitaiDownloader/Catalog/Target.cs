using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog;

/// <summary>What a person points at.</summary>
public abstract record Target
{
    private Target() { }

    /// <summary>A model; the version is the first of its list.</summary>
    public sealed record ByModel(ModelId Model) : Target;

    /// <summary>A version, with its model where the text names it.</summary>
    public sealed record ByVersion(ModelVersionId Version, ModelId? Model = null) : Target;

    /// <summary>A download address: a version, and one of its files where the address names it.</summary>
    public sealed record ByFile(ModelVersionId Version, FileId? File) : Target;

    public sealed record ByHash(ContentHash Hash) : Target;
}
