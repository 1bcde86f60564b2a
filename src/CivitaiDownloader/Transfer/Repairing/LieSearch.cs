using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Digests;
using CivitaiDownloader.Transfer.Sources;

namespace CivitaiDownloader.Transfer.Repairing;

/// <summary>
/// Finds the parts that were wrong when they came: the disk has kept what was written, and the whole is wrong all the same. Fetches the file again over a
/// fresh link, compares it with what is there, and puts right what differs; where it differs, a third look at those bytes decides. Ends as soon as the
/// file is right, and fetches one full file's worth at the most, besides the third looks. From the back to the front: what goes wrong at a certain byte of
/// each connection then meets other bytes of the file than the first time.
/// </summary>
internal sealed class LieSearch(TransferJob job, FileSource source, ContentHash proof)
{
    private const int BlockBytes = 256 * 1024;
    private const long RequestBytes = 16L << 20;

    private readonly byte[] _fetched = new byte[BlockBytes];
    private readonly byte[] _there = new byte[BlockBytes];
    private readonly byte[] _third = new byte[BlockBytes];
    private int _changes;
    private int _nextRehash = 1;

    /// <summary>Bytes fetched again.</summary>
    public long Fetched { get; private set; }

    /// <summary>Bytes that were put right, in whole blocks.</summary>
    public long Changed { get; private set; }

    /// <returns>The digests of the file if it is right now; null when it is not.</returns>
    public async Task<IReadOnlyList<ContentHash>?> RunAsync(SourceFacts facts, long length, CancellationToken cancellationToken)
    {
        var patience = source.NewPatience();
        for (var end = length; end > 0; end = Math.Max(0, end - RequestBytes))
        {
            var before = Changed;
            await CompareAsync(new(Math.Max(0, end - RequestBytes), end), facts, patience, cancellationToken);
            patience.Progress();
            // Each time costs a reading of the file: with the first change, the second, the fourth, the eighth …
            if (Changed == before || ++_changes < _nextRehash) continue;
            _nextRehash *= 2;
            if (await RehashAsync(length, cancellationToken) is { } right) return right;
        }

        return _changes == 0 ? null : await RehashAsync(length, cancellationToken);
    }

    private async Task<IReadOnlyList<ContentHash>?> RehashAsync(long length, CancellationToken cancellationToken)
    {
        var hashes = await Task.Run(() => WholeFileDigests.Of(job, length, cancellationToken), cancellationToken);
        return hashes.Contains(proof) ? hashes : null;
    }

    private async Task CompareAsync(ByteRange range, SourceFacts facts, Patience patience, CancellationToken cancellationToken)
    {
        var at = range.Start;
        await using var reader = new RangeReader(source);
        while (at < range.End)
        {
            var block = new ByteRange(at, Math.Min(range.End, at + BlockBytes));
            var read = await reader.ReadAsync(block, range.End, _fetched, facts, patience, cancellationToken);
            Fetched += read;
            if (ReadThere(at, read) && !_fetched.AsSpan(0, read).SequenceEqual(_there.AsSpan(0, read)))
            {
                await reader.DisposeAsync(); // its place of the host is needed for the third look
                await DecideAsync(new(at, at + read), facts, patience, cancellationToken);
            }

            at += read;
        }
    }

    private async Task DecideAsync(ByteRange block, SourceFacts facts, Patience patience, CancellationToken cancellationToken)
    {
        var length = (int)block.Length;
        await using var reader = new RangeReader(source);
        for (var at = block.Start; at < block.End;)
        {
            at += await reader.ReadAsync(new(at, block.End), block.End, _third.AsMemory((int)(at - block.Start)), facts, patience, cancellationToken);
        }

        if (_third.AsSpan(0, length).SequenceEqual(_there.AsSpan(0, length))) return; // the second look was the wrong one
        job.File.Write(_third.AsSpan(0, length), block.Start); // it agrees with the second, or is as good as either
        Changed += length;
    }

    private bool ReadThere(long at, int bytes)
    {
        for (var got = 0; got < bytes;)
        {
            var read = job.File.Read(_there.AsSpan(got, bytes - got), at + got);
            if (read == 0) return false;
            got += read;
        }

        return true;
    }
}
