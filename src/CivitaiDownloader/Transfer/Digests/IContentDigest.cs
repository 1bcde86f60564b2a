using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Transfer.Digests;

/// <summary>Computes a file's digests while it is written, wherever its bytes come from and in whatever order.</summary>
internal interface IContentDigest : IDisposable
{
    /// <summary>Ends with the digests of the whole file, after <see cref="Complete"/>.</summary>
    Task<IReadOnlyList<ContentHash>> Result { get; }

    /// <summary>Whether some of what an earlier run left has not been held against the journal yet.</summary>
    bool HasRecordsToCheck { get; }

    /// <summary>Ends when all that an earlier run left has been held against the journal.</summary>
    Task RecordsChecked { get; }

    /// <summary>Whether the digest is so far behind the writers that they should wait with <see cref="CatchUpAsync"/>. Not while it reads what an earlier run left.</summary>
    bool IsFarBehind { get; }

    /// <summary>The buffer's bytes are in the file. Its ownership goes over.</summary>
    ValueTask TakeAsync(FilledBuffer buffer);

    /// <summary>The file has grown behind <paramref name="offset"/>.</summary>
    void Wrote(long offset);

    /// <summary>Ends when the digest has come closer, or has nothing to do.</summary>
    Task CatchUpAsync();

    /// <summary>Says how long the file is; the digest ends there.</summary>
    void Complete(long length);
}
