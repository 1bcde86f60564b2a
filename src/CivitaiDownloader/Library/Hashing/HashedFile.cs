using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Library.Hashing;

/// <summary>A file and its SHA-256, or why there is none.</summary>
public sealed record HashedFile(FoundFile File)
{
    /// <summary>Null when the file could not be read.</summary>
    public ContentHash? Sha256 { get; init; }

    /// <summary>Set when there is no hash.</summary>
    public LibraryException? Refusal { get; init; }

    /// <summary>Whether it comes from the memory and the file was not read now.</summary>
    public bool IsRecalled { get; init; }
}

/// <summary>Remembers what was hashed. Called from one thread at a time.</summary>
internal interface IHashMemory
{
    /// <summary>For each file its hash, null where it must be read.</summary>
    IReadOnlyList<ContentHash?> Recall(IReadOnlyList<FoundFile> files);

    /// <summary>Keeps hashes that were just computed.</summary>
    void Keep(IReadOnlyList<(FoundFile File, ContentHash Sha256)> hashed);
}
