using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Sandbox.Ledger;

/// <summary>Which bytes of one file were served, and how many of them more than once.</summary>
public sealed class Coverage
{
    private readonly Lock _lock = new();
    private readonly List<(long Start, long End)> _runs = []; // in order, never touching; guarded by _lock
    private long _served;
    private long _twice;

    /// <summary>Bytes handed out in all.</summary>
    public long Served => Volatile.Read(ref _served);

    /// <summary>Of these, bytes that had been handed out before.</summary>
    public long ServedTwice => Volatile.Read(ref _twice);

    /// <summary>Of the file, bytes that were handed out at least once.</summary>
    public long Distinct
    {
        get { lock (_lock) return _served - _twice; }
    }

    /// <summary>What was served, in order; runs that touch are one.</summary>
    public IReadOnlyList<ByteRange> Ranges
    {
        get { lock (_lock) return [.. _runs.Select(run => new ByteRange(run.Start, run.End))]; }
    }

    internal void Add(long start, long end)
    {
        lock (_lock)
        {
            _served += end - start;
            var first = _runs.FindIndex(run => run.End >= start);
            if (first < 0) first = _runs.Count;
            var (from, to) = (start, end);
            while (first < _runs.Count && _runs[first].Start <= end)
            {
                var run = _runs[first];
                _twice += Math.Max(0, Math.Min(end, run.End) - Math.Max(start, run.Start));
                (from, to) = (Math.Min(from, run.Start), Math.Max(to, run.End));
                _runs.RemoveAt(first);
            }

            _runs.Insert(first, (from, to));
        }
    }
}
