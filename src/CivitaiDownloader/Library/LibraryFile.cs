using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Library;

/// <summary>A file the library keeps, as its history has it.</summary>
public sealed record LibraryFile
{
    /// <summary>The folder it was placed below: the library's root, or the folder given with <c>--output</c>. Absolute.</summary>
    public required string Root { get; init; }

    /// <summary>Relative to <see cref="Root"/>, components separated by '/'.</summary>
    public required string RelativePath { get; init; }
    public required long Bytes { get; init; }
    public required ContentHash Sha256 { get; init; }

    /// <summary>Whether a hash of the catalogue proved the content.</summary>
    public required bool IsVerified { get; init; }

    /// <summary>What the scan said: clean, suspicious, dangerous, or unknown when there was none.</summary>
    public required string Verdict { get; init; }

    /// <summary>What Civitai calls it.</summary>
    public required FileOrigin Origin { get; init; }
    public required DateTimeOffset PlacedAt { get; init; }

    public string Path => System.IO.Path.Combine(Root, RelativePath.Replace('/', System.IO.Path.DirectorySeparatorChar));

    /// <summary>Whether a file of that length is still there. Its content is not read again.</summary>
    public bool IsThere => new FileInfo(Path) is { Exists: true } found && found.Length == Bytes;
}

/// <summary>Which file of which version of which model; null where it was not known.</summary>
public sealed record FileOrigin(long? ModelId, long? VersionId, long? FileId)
{
    /// <summary>The catalogue the numbers belong to, as its host (<c>civitai.com</c>): two sites may use one number for two files.</summary>
    public string? Site { get; init; }
}
