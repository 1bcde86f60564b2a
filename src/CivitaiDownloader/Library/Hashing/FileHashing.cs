using System.Threading.Channels;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Library.Hashing;

/// <summary>Hashes many files with several readers at once, the largest first so that none is left alone at the end. What is hashed is kept in batches, also when the run is cut short.</summary>
internal sealed class FileHashing(IHashMemory memory, TimeProvider time)
{
    private const int MostKeptAtOnce = 500;
    private static readonly TimeSpan LongestUnkept = TimeSpan.FromSeconds(2);

    /// <param name="readers">Files read at a time.</param>
    /// <returns>One for each of <paramref name="files"/>, in their order.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; what was hashed is kept.</exception>
    public async Task<IReadOnlyList<HashedFile>> RunAsync(IReadOnlyList<FoundFile> files, int readers, HashMeter meter, CancellationToken cancellationToken)
    {
        var results = new HashedFile[files.Count];
        var unread = Recall(files, results);
        meter.Begins(unread.Length, unread.Sum(index => files[index].Stamp.Bytes), results.Count(result => result?.IsRecalled == true));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var done = Channel.CreateUnbounded<int>(new() { SingleReader = true });
        var next = -1;
        var reading = Task.WhenAll(Enumerable.Range(0, Math.Min(readers, unread.Length)).Select(_ => Task.Factory.StartNew(Read, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        var ending = reading.ContinueWith(ended => done.Writer.TryComplete(ended.Exception?.InnerException), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        try
        {
            await KeepAsync(done.Reader, results);
            cancellationToken.ThrowIfCancellationRequested();
            return results;
        }
        finally
        {
            await stop.CancelAsync();
            await ending;
            meter.Ends();
        }

        void Read()
        {
            using var digest = new FileDigest();
            while (!stop.IsCancellationRequested && Interlocked.Increment(ref next) is var turn && turn < unread.Length)
            {
                if (TryHash(digest, files[unread[turn]], meter, stop.Token) is not { } hashed) return;
                results[unread[turn]] = hashed;
                meter.FileDone();
                done.Writer.TryWrite(unread[turn]);
            }
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

    /// <returns>Null when the run was stopped.</returns>
    private static HashedFile? TryHash(FileDigest digest, FoundFile file, HashMeter meter, CancellationToken stop)
    {
        try
        {
            return new(file) { Sha256 = digest.Read(file, meter, stop) };
        }
        catch (LibraryException refused)
        {
            return new(file) { Refusal = refused };
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task KeepAsync(ChannelReader<int> done, HashedFile[] results)
    {
        var unkept = new List<(FoundFile, ContentHash)>();
        var keptAt = time.GetTimestamp();
        await foreach (var index in done.ReadAllAsync())
        {
            if (results[index].Sha256 is { } sha256) unkept.Add((results[index].File, sha256));
            if (unkept.Count < MostKeptAtOnce && (unkept.Count == 0 || time.GetElapsedTime(keptAt) < LongestUnkept)) continue;
            memory.Keep(unkept);
            unkept.Clear();
            keptAt = time.GetTimestamp();
        }

        if (unkept.Count > 0) memory.Keep(unkept);
    }
}
