using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>A sparse file as it is after unpacking: stored runs at their places, zeros between them.</summary>
internal sealed class SparseSource : ScanSource
{
    private readonly ScanSource _stored;
    private readonly (long Offset, long Bytes, long Stored)[] _runs;

    /// <exception cref="UnreadableException">The runs overlap, are out of order, leave the file, or are not what is stored.</exception>
    public SparseSource(ScanSource stored, IReadOnlyList<(long Offset, long Bytes)> runs, long length, long headerOffset)
    {
        (_stored, Length, _runs) = (stored, length, new (long, long, long)[runs.Count]);
        var (end, used) = (0L, 0L);
        for (var index = 0; index < runs.Count; index++)
        {
            var (offset, bytes) = runs[index];
            if (offset < end || bytes > length - offset || bytes > stored.Length - used) throw new UnreadableException("runs of a sparse file that do not fit", headerOffset);
            _runs[index] = (offset, bytes, used);
            (end, used) = (offset + bytes, used + bytes);
        }

        if (used != stored.Length) throw new UnreadableException($"{stored.Length - used} bytes of a sparse file belong to none of its runs", headerOffset);
    }

    public override long Length { get; }

    public override int Read(long offset, Span<byte> destination)
    {
        if (offset < 0 || offset >= Length) return 0;
        destination = destination[..(int)Math.Min(destination.Length, Length - offset)];
        destination.Clear();
        for (var index = FirstEndingBehind(offset); index < _runs.Length && _runs[index].Offset < offset + destination.Length; index++)
        {
            var run = _runs[index];
            var from = Math.Max(run.Offset, offset);
            var count = (int)(Math.Min(run.Offset + run.Bytes, offset + destination.Length) - from);
            _stored.Read(run.Stored + from - run.Offset, destination.Slice((int)(from - offset), count));
        }

        return destination.Length;
    }

    private int FirstEndingBehind(long offset)
    {
        var (low, high) = (0, _runs.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_runs[middle].Offset + _runs[middle].Bytes > offset) high = middle;
            else low = middle + 1;
        }

        return low;
    }
}
