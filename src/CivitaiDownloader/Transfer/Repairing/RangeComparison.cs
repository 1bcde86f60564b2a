using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Sources;

namespace CivitaiDownloader.Transfer.Repairing;

/// <summary>Holds ranges of the file, one after the other, against what the source sends now, and puts right what is wrong. Not for two at a time.</summary>
internal sealed class RangeComparison(TransferJob job, FileSource source, SourceFacts facts)
{
    private const int BlockBytes = 256 * 1024;

    private readonly byte[] _fetched = new byte[BlockBytes];
    private readonly byte[] _there = new byte[BlockBytes];
    private readonly byte[] _third = new byte[BlockBytes];
    private readonly Patience _patience = source.NewPatience();

    /// <returns>Bytes fetched, without the third looks; and of them those that were put right, in whole blocks.</returns>
    /// <exception cref="TransferException">The source does not give them.</exception>
    public async Task<(long Fetched, long Changed)> RunAsync(ByteRange range, CancellationToken cancellationToken)
    {
        var (at, changed) = (range.Start, 0L);
        await using var reader = new RangeReader(source);
        while (at < range.End)
        {
            var block = new ByteRange(at, Math.Min(range.End, at + BlockBytes));
            var read = await reader.ReadAsync(block, range.End, _fetched, facts, _patience, cancellationToken);
            if (ReadThere(at, read) && !_fetched.AsSpan(0, read).SequenceEqual(_there.AsSpan(0, read)))
            {
                await reader.DisposeAsync(); // its turn is needed for the third look
                if (await DecideAsync(new(at, at + read), cancellationToken)) changed += read;
            }

            at += read;
        }

        _patience.Progress();
        return (range.Length, changed);
    }

    /// <returns>Whether what is there was wrong.</returns>
    private async Task<bool> DecideAsync(ByteRange block, CancellationToken cancellationToken)
    {
        var length = (int)block.Length;
        await using var reader = new RangeReader(source);
        for (var at = block.Start; at < block.End;)
        {
            at += await reader.ReadAsync(new(at, block.End), block.End, _third.AsMemory((int)(at - block.Start)), facts, _patience, cancellationToken);
        }

        if (_third.AsSpan(0, length).SequenceEqual(_there.AsSpan(0, length))) return false; // the second look was the wrong one
        job.File.Write(_third.AsSpan(0, length), block.Start); // it agrees with the second, or is as good as either
        return true;
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
