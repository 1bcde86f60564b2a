using System.Collections.Concurrent;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Digests;
using CivitaiDownloader.Transfer.Sources;

namespace CivitaiDownloader.Transfer.Repairing;

/// <summary>
/// Finds the parts that were wrong when they came: the disk has kept what was written, and the whole is wrong all the same. Fetches the file again over a
/// fresh link, compares it with what is there, and puts right what differs; where it differs, a third look at those bytes decides. Ends as soon as the
/// file is right, and fetches one full file's worth at the most, besides the third looks. From the back to the front: what goes wrong at a certain byte of
/// each connection then meets other bytes of the file than the first time. In rounds, over one connection at first and twice as many each time: between two
/// rounds nobody writes, and the file can be hashed.
/// </summary>
internal sealed class LieSearch(TransferJob job, FileSource source, ContentHash proof)
{
    private const long RequestBytes = 16L << 20;

    private readonly ConcurrentBag<RangeComparison> _idle = [];
    private long _fetched;
    private long _changed;
    private int _changes;
    private int _hashedChanges;
    private int _nextRehash = 1;

    /// <summary>Bytes fetched again.</summary>
    public long Fetched => _fetched;

    /// <summary>Bytes that were put right, in whole blocks.</summary>
    public long Changed => _changed;

    /// <returns>The digests of the file if it is right now; null when it is not.</returns>
    public async Task<IReadOnlyList<ContentHash>?> RunAsync(SourceFacts facts, long length, CancellationToken cancellationToken)
    {
        var (end, connections) = (length, 1);
        while (end > 0)
        {
            var ranges = Before(end).Take(connections).ToArray();
            // The first failure is everybody's: the others are cancelled.
            await Parallel.ForEachAsync(ranges, new ParallelOptions { MaxDegreeOfParallelism = connections, CancellationToken = cancellationToken }, (range, token) => CompareAsync(range, facts, token));
            if (await RehashIfDueAsync(length, cancellationToken) is { } right) return right;
            (end, connections) = (ranges[^1].Start, Math.Min(2 * connections, source.ConnectionsPerFile));
        }

        return _changes == _hashedChanges ? null : await RehashAsync(length, cancellationToken);
    }

    /// <summary>From the back to the front.</summary>
    private static IEnumerable<ByteRange> Before(long end)
    {
        for (; end > 0; end = Math.Max(0, end - RequestBytes)) yield return new(Math.Max(0, end - RequestBytes), end);
    }

    private async ValueTask CompareAsync(ByteRange range, SourceFacts facts, CancellationToken cancellationToken)
    {
        var comparison = _idle.TryTake(out var idle) ? idle : new(job, source, facts);
        var (fetched, changed) = await comparison.RunAsync(range, cancellationToken);
        _idle.Add(comparison);
        Interlocked.Add(ref _fetched, fetched);
        if (changed == 0) return;
        Interlocked.Add(ref _changed, changed);
        Interlocked.Increment(ref _changes);
    }

    // Each time costs a reading of the file: with the first change, the second, the fourth, the eighth …
    private async Task<IReadOnlyList<ContentHash>?> RehashIfDueAsync(long length, CancellationToken cancellationToken)
    {
        if (_changes < _nextRehash) return null;
        while (_nextRehash <= _changes) _nextRehash *= 2;
        return await RehashAsync(length, cancellationToken);
    }

    private async Task<IReadOnlyList<ContentHash>?> RehashAsync(long length, CancellationToken cancellationToken)
    {
        _hashedChanges = _changes;
        var hashes = await Task.Run(() => WholeFileDigests.Of(job, length, cancellationToken), cancellationToken);
        return hashes.Contains(proof) ? hashes : null;
    }
}
