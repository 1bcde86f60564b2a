using CivitaiDownloader.Jobs.Identifying;
using CivitaiDownloader.Library;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Verifying;

public enum VerifyStatus
{
    /// <summary>The bytes on disk are those that are known for the file.</summary>
    Verified,

    /// <summary>They are others.</summary>
    Damaged,

    /// <summary>Nothing is known to compare with; or the file could not be read, or Civitai not be asked: see <see cref="VerifiedFile.Error"/>.</summary>
    Unverifiable,

    /// <summary>History has it, the disk has not.</summary>
    Missing,
}

/// <summary>Where the hash comes from that a file was held against.</summary>
public enum VerifySource
{
    /// <summary>What the library noted when it placed the file.</summary>
    History,

    /// <summary>A description or a checksum beside the file.</summary>
    Sidecar,

    /// <summary>Civitai publishes a file with just this content.</summary>
    Civitai,
}

/// <summary>What a check found out about one file.</summary>
/// <param name="Path">Absolute.</param>
/// <param name="Shown">As it is reached from what was typed.</param>
public sealed record VerifiedFile(string Path, string Shown, VerifyStatus Status)
{
    public long? Bytes { get; init; }

    /// <summary>Of the bytes on disk.</summary>
    public ContentHash? Sha256 { get; init; }
    public ContentHash? Expected { get; init; }

    /// <summary>Null when there was nothing to compare with.</summary>
    public VerifySource? Source { get; init; }

    /// <summary>What Civitai calls the file that should be there; null where unknown.</summary>
    public FileOrigin? Origin { get; init; }

    /// <summary>For a damaged file: what Civitai says its present content is. It was replaced, not hit by chance.</summary>
    public IdentifiedVersion? ReplacedBy { get; init; }

    /// <summary>What lies beside it and should have been of help, but is spoilt.</summary>
    public IReadOnlyList<BrokenSidecar> BrokenSidecars { get; init; } = [];

    /// <summary>Whether it is there and could not be read: then <see cref="Error"/> says why.</summary>
    public bool IsUnread => Sha256 is null && Status == VerifyStatus.Unverifiable;

    /// <summary>Why it could not be read, or compared.</summary>
    public CivitaiDownloaderException? Error { get; init; }
}
