using CivitaiDownloader.Storage;

namespace CivitaiDownloader.Library.Hashing;

/// <summary>Hashes files on disk, remembering those that have not changed since.</summary>
public sealed class FileHasher(Database database, TimeProvider time)
{
    /// <param name="readers">Files read at a time.</param>
    /// <returns>One for each of <paramref name="files"/>, in their order.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; what was hashed is remembered.</exception>
    public Task<IReadOnlyList<HashedFile>> HashAsync(IReadOnlyList<FoundFile> files, int readers, HashMeter meter, CancellationToken cancellationToken) =>
        new FileHashing(new HashCache(database, time), time).RunAsync(files, readers, meter, cancellationToken);
}
