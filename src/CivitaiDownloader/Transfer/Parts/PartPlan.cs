using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Transfer.Parts;

/// <summary>
/// What is missing of a file and who fetches what. Parts are handed out from the front, so that the digest stays close behind; when nothing is left to
/// hand out, whoever asks takes half of what would take longest. Safe from any thread. Parts never overlap, and every missing byte is either in a part or
/// in a hole.
/// </summary>
internal sealed class PartPlan(long totalBytes, IEnumerable<ByteRange> missing, PartRules rules, TimeProvider time)
{
    // Sharing costs a request and, for who is shortened, a connection: what will be here sooner than this is waited for.
    private static readonly TimeSpan NotWorthSharing = TimeSpan.FromMilliseconds(100);

    private readonly Lock _lock = new(); // guards everything below
    private readonly SortedList<long, long> _holes = Sorted(missing); // start → end
    private readonly List<Part> _parts = [];
    private TaskCompletionSource? _untilMissing;
    private double _bytesPerSecond;
    private TimeSpan _firstByte;

    public long TotalBytes { get; } = totalBytes;

    /// <summary>False when the source has not named the size and <see cref="TotalBytes"/> is only where it becomes unbelievable.</summary>
    public bool IsSized { get; init; } = true;

    /// <summary>Every byte before this offset is in the file.</summary>
    public long Frontier
    {
        get
        {
            lock (_lock)
            {
                var frontier = _holes.Count == 0 ? TotalBytes : _holes.GetKeyAtIndex(0);
                foreach (var part in _parts) frontier = part.IsWhole ? frontier : Math.Min(frontier, part.Written);
                return frontier;
            }
        }
    }

    public bool IsDone
    {
        get
        {
            lock (_lock) return _holes.Count == 0 && _parts.Count == 0;
        }
    }

    /// <summary>Ends as soon as something is missing that nobody fetches.</summary>
    public Task UntilMissing()
    {
        lock (_lock) return _holes.Count > 0 ? Task.CompletedTask : (_untilMissing ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
    }

    /// <summary>Parts being fetched, for who watches them.</summary>
    public Part[] Running()
    {
        lock (_lock) return [.. _parts];
    }

    /// <summary>The next part to fetch; null when there is nothing to do now, though there may be again when a connection fails.</summary>
    /// <param name="most">At most so many bytes; null for what the rules say.</param>
    public Part? Take(long? most = null)
    {
        lock (_lock)
        {
            if (_holes.Count > 0) return TakeHole_NeedsLock(most);
            foreach (var part in _parts.Where(IsWorthSharing).OrderByDescending(Remaining))
            {
                var open = part.Open();
                var middle = open.Start + PartRules.Aligned(open.Length / 2);
                if (part.TryShorten(middle)) return Begin_NeedsLock(new(middle, open.End));
            }

            return null;
        }
    }

    /// <summary>Whether <see cref="Take"/> would give something to one more connection.</summary>
    public bool HasWork
    {
        get
        {
            lock (_lock) return _holes.Count > 0 || _parts.Exists(IsWorthSharing);
        }
    }

    /// <summary>A connection is through with its part: what it has not written is missing again.</summary>
    public void Release(Part part)
    {
        lock (_lock)
        {
            var left = part.Close(); // in here: nobody may take half of it any more
            _parts.Remove(part);
            if (left.Length > 0) Miss_NeedsLock(left);
        }
    }

    /// <summary>Bytes that were there turn out to be wrong: they are missing again.</summary>
    public void Forget(ByteRange range)
    {
        lock (_lock) Miss_NeedsLock(range);
    }

    /// <summary>A request took so long to its first byte.</summary>
    public void Answered(TimeSpan firstByte)
    {
        lock (_lock) _firstByte = _firstByte == TimeSpan.Zero ? firstByte : (_firstByte * 0.75) + (firstByte * 0.25);
    }

    /// <summary>A connection has brought so much in one part.</summary>
    public void Brought(long bytes, TimeSpan took)
    {
        if (took <= TimeSpan.Zero) return;
        var speed = bytes / took.TotalSeconds;
        lock (_lock) _bytesPerSecond = _bytesPerSecond == 0 ? speed : (_bytesPerSecond * 0.75) + (speed * 0.25);
    }

    private static SortedList<long, long> Sorted(IEnumerable<ByteRange> missing)
    {
        var holes = new SortedList<long, long>();
        foreach (var range in missing.Where(range => range.Length > 0)) holes.Add(range.Start, range.End);
        return holes;
    }

    private void Miss_NeedsLock(ByteRange range)
    {
        // Neighbours are one hole: to be fetched by one request.
        var (start, end) = (range.Start, range.End);
        if (_holes.Remove(end, out var behind)) end = behind;
        var before = FirstFrom_NeedsLock(start) - 1;
        if (before >= 0 && _holes.GetValueAtIndex(before) == start)
        {
            start = _holes.GetKeyAtIndex(before);
            _holes.RemoveAt(before);
        }

        _holes.Add(start, end);
        _untilMissing?.TrySetResult();
        _untilMissing = null;
    }

    /// <returns>The number of the first hole that begins at <paramref name="offset"/> or behind it.</returns>
    private int FirstFrom_NeedsLock(long offset)
    {
        var (low, high) = (0, _holes.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_holes.GetKeyAtIndex(middle) < offset) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private Part TakeHole_NeedsLock(long? most)
    {
        var (start, end) = (_holes.GetKeyAtIndex(0), _holes.GetValueAtIndex(0));
        var size = most ?? rules.Next(_holes.Sum(hole => hole.Value - hole.Key), _bytesPerSecond, _firstByte);
        // Never a scrap of its own behind a part.
        var cut = end - start - size < PartRules.LeastShare && most is null ? end : Math.Min(end, start + Math.Min(size, end - start));
        _holes.RemoveAt(0);
        if (cut < end) _holes.Add(cut, end);
        return Begin_NeedsLock(new(start, cut));
    }

    private Part Begin_NeedsLock(ByteRange range)
    {
        var part = new Part(range, time.GetTimestamp());
        _parts.Add(part);
        return part;
    }

    private bool IsWorthSharing(Part part) => part.Open().Length >= 2 * PartRules.LeastShare && Remaining(part) > Longer(NotWorthSharing, 4 * _firstByte);

    // In time, not in bytes: it is the slow connection's remainder that everybody would wait for.
    private TimeSpan Remaining(Part part)
    {
        var elapsed = time.GetElapsedTime(part.BegunAt);
        if (part.Received > 0) return elapsed * ((double)part.Open().Length / part.Received);
        return elapsed > Longer(TimeSpan.FromSeconds(1), 4 * _firstByte) ? TimeSpan.MaxValue : TimeSpan.Zero;
    }

    private static TimeSpan Longer(TimeSpan one, TimeSpan other) => one > other ? one : other;
}
