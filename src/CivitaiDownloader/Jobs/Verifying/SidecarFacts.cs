using CivitaiDownloader.Library;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Verifying;

/// <summary>A hash a sidecar names, and whose it is.</summary>
internal sealed record SidecarHash(ContentHash Sha256, FileOrigin? Origin);

/// <summary>What lies beside a file and says what it should be.</summary>
/// <param name="All">Every hash it names: of all files of a version, whichever of them this one is.</param>
/// <param name="Fitting">The one that is meant for this file, by its name or its size; null when that cannot be told.</param>
internal sealed record SidecarFacts(IReadOnlyList<SidecarHash> All, SidecarHash? Fitting)
{
    public static readonly SidecarFacts None = new([], null);

    /// <summary>Those that were looked at and say nothing because they are spoilt.</summary>
    public IReadOnlyList<BrokenSidecar> Broken { get; init; } = [];

    public static SidecarFacts One(ContentHash sha256) => new([new(sha256, null)], new(sha256, null));
}

/// <summary>A sidecar that cannot be read, or is not what its name says.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Why">As it goes on after "it".</param>
public sealed record BrokenSidecar(string Path, string Why);
