using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Transfer.Parts;

/// <summary>
/// A range that one connection fetches. Its end can be taken back while it is being fetched, never below what the connection has set out to read:
/// so two parts never overlap. The connection moves <see cref="Written"/>; anybody may look.
/// </summary>
internal sealed class Part(ByteRange range, long begunAt)
{
    private readonly Lock _lock = new(); // guards _reserved and _end; taken once for each buffer, and met by another only when a remainder is shared
    private long _written = range.Start;
    private long _reserved = range.Start;
    private long _end = range.End;
    private long _received;
    private Action? _drop;

    public long Start { get; } = range.Start;

    /// <summary>Timestamp of the moment it was handed out.</summary>
    public long BegunAt { get; } = begunAt;

    /// <summary>Bytes before this offset are in the file.</summary>
    public long Written
    {
        get => Volatile.Read(ref _written);
        set => Volatile.Write(ref _written, value);
    }

    /// <summary>Bytes that came over the network, those still in a buffer too.</summary>
    public long Received => Volatile.Read(ref _received);

    public long End => Volatile.Read(ref _end);

    public bool IsWhole => Written == End;

    /// <summary>Whether the host has been told too far an end: bytes behind <see cref="End"/> are on their way and of no use.</summary>
    public bool WasShortened { get; private set; }

    /// <summary>Sets aside up to <paramref name="most"/> bytes behind those set aside before; they will be read into one buffer.</summary>
    /// <returns>How many; 0 at the end.</returns>
    public int Reserve(int most)
    {
        lock (_lock)
        {
            var bytes = (int)Math.Min(most, _end - _reserved);
            _reserved += bytes;
            return bytes;
        }
    }

    public void Receive(int bytes) => Volatile.Write(ref _received, _received + bytes);

    /// <summary>Bytes nobody has set out to read yet.</summary>
    public ByteRange Open()
    {
        lock (_lock) return new(_reserved, _end);
    }

    /// <summary>Takes back what lies behind <paramref name="offset"/>.</summary>
    /// <returns>False when the connection has set out to read beyond it meanwhile; nothing was changed.</returns>
    public bool TryShorten(long offset)
    {
        lock (_lock)
        {
            if (offset < _reserved || offset >= _end) return false;
            Volatile.Write(ref _end, offset);
            return WasShortened = true;
        }
    }

    /// <summary>The connection has ended; what is missing of the part.</summary>
    public ByteRange Close()
    {
        lock (_lock)
        {
            _drop = null;
            return new(_written, _end);
        }
    }

    /// <summary>Says how the connection that fetches this part is made to let go of it.</summary>
    public void OnDrop(Action? drop)
    {
        lock (_lock) _drop = drop;
    }

    /// <summary>Makes the connection let go of the part.</summary>
    public void Drop()
    {
        Action? drop;
        lock (_lock) drop = _drop;
        drop?.Invoke();
    }
}
