using CivitaiDownloader.Catalog;
using CivitaiDownloader.Library;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Planning;

/// <summary>What a target turned out to be, before any byte of it is fetched.</summary>
public sealed record ItemPlan
{
    public required GetRequest Request { get; init; }

    /// <summary>Null where only the version could be had.</summary>
    public Model? Model { get; init; }
    public required ModelVersion Version { get; init; }
    public required ModelFile File { get; init; }
    public required PlacementPlan Placement { get; init; }

    /// <summary>Names the partial file; the same for the same content, so that a second request takes up what a first left.</summary>
    public required string StagingKey { get; init; }

    /// <summary>What history keeps of where it came from.</summary>
    public required FileOrigin Origin { get; init; }

    /// <summary>Other versions of the model that have the same file, where a hash led here.</summary>
    public IReadOnlyList<ModelVersion> AlsoIn { get; init; } = [];

    /// <summary>A copy that is where it was asked for; then nothing is fetched.</summary>
    public LibraryFile? Present { get; init; }

    /// <summary>A copy elsewhere in the library: its bytes are taken from there.</summary>
    public LibraryFile? Elsewhere { get; init; }

    /// <summary>Bytes still to be written, by the catalogue's estimate; null when it names no size.</summary>
    public long? Needed { get; init; }

    /// <summary>Bytes free where it goes; null when the system does not tell.</summary>
    public long? Free { get; init; }

    /// <summary>Set when the version is, or may be, closed for now.</summary>
    public EarlyAccess? EarlyAccess { get; init; }

    public string ModelName => Model?.Name ?? Version.Model?.Name ?? "";

    /// <summary>How messages call it: harmless, one line.</summary>
    public string DisplayName => VisibleText.OneLine(File.Name, 120);

    public ModelId? ModelId => Model?.Id ?? Version.ModelId;

    /// <summary>False when there is no hash to compare with.</summary>
    public bool CanBeVerified => File.Hashes.Any(hash => hash.ProvesContent);
}
