using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Library.Hashing;

/// <summary>Hashes many files with several readers at once, the largest first so that none is left alone at the end. What is hashed is kept in batches, also when the run is cut short.</summary>
internal sealed class FileHashing(IHashMemory memory, TimeProvider time)
{
    /// <param name="readers">Files read at a time.</param>
    /// <returns>One for each of <paramref name="files"/>, in their order.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; what was hashed is kept.</exception>
    public async Task<IReadOnlyList<HashedFile>> RunAsync(IReadOnlyList<FoundFile> files, int readers, HashMeter meter, CancellationToken cancellationToken)
    {
        var results = new HashedFile[files.Count];
        var unread = Recall(files, results);
        meter.Begins(unread.Length, unread.Sum(index => files[index].Stamp.Bytes), results.Count(result => result?.IsRecalled == true));
        try
        {
            await new ReadingCrew(unread, readers, time).RunAsync(NewReader, Keep, cancellationToken);
            return results;
        }
        finally
        {
            meter.Ends();
        }

        (Action<int, CancellationToken>, IDisposable) NewReader()
        {
            var digest = new FileDigest();
            return ((index, stop) =>
            {
                results[index] = Hash(digest, files[index], meter, stop);
                meter.FileDone();
            }, digest);
        }

        void Keep(IReadOnlyList<int> done)
        {
            var hashed = done.Select(index => results[index]).Where(file => file.Sha256 is not null).Select(file => (file.File, file.Sha256!.Value)).ToArray();
            if (hashed.Length > 0) memory.Keep(hashed);
        }
    }

    private int[] Recall(IReadOnlyList<FoundFile> files, HashedFile[] results)
    {
        var recalled = memory.Recall(files);
        for (var index = 0; index < results.Length; index++)
        {
            var file = files[index];
            if (file.Refusal is not null) results[index] = new(file) { Refusal = file.Refusal };
            else if (recalled[index] is { } sha256) results[index] = new(file) { Sha256 = sha256, IsRecalled = true };
        }

        return [.. Enumerable.Range(0, results.Length).Where(index => results[index] is null).OrderByDescending(index => files[index].Stamp.Bytes)];
    }

    private static HashedFile Hash(FileDigest digest, FoundFile file, HashMeter meter, CancellationToken stop)
    {
        try
        {
            return new(file) { Sha256 = digest.Read(file, meter, stop) };
        }
        catch (LibraryException refused)
        {
            return new(file) { Refusal = refused };
        }
    }
}
