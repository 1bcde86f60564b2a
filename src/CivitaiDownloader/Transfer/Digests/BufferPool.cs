namespace CivitaiDownloader.Transfer.Digests;

/// <summary>Bytes on their way from the network to the disk and the digest. Pinned: the system writes into them without our copying.</summary>
internal sealed class FilledBuffer(int bytes)
{
    public byte[] Memory { get; } = GC.AllocateUninitializedArray<byte>(bytes, pinned: true);

    public long Offset { get; set; }

    public int Count { get; set; }

    public long End => Offset + Count;

    public ReadOnlySpan<byte> Span => Memory.AsSpan(0, Count);
}

/// <summary>The buffers of one transfer: made when first needed, used again after. No lock: a slot is taken and filled by exchange.</summary>
internal sealed class BufferPool
{
    // Below 256 KiB the system calls show, above it nothing is gained (64 KiB reads cost half as much again; docs/benchmarks.md). Many connections are
    // slow ones, or are decrypted 16 KiB at a time: together they get no more than a few large buffers would take.
    private const int MostBytes = 256 * 1024;
    private const int LeastBytes = 64 * 1024;
    private const int AllBytes = 1024 * 1024;

    private readonly FilledBuffer?[] _free;

    /// <param name="connections">How many fill buffers at a time.</param>
    public BufferPool(int connections)
    {
        BufferBytes = Math.Clamp(AllBytes / Math.Max(1, connections) / LeastBytes * LeastBytes, LeastBytes, MostBytes);
        _free = new FilledBuffer?[connections + DigestFollower.MostInHand];
    }

    public int BufferBytes { get; }

    public FilledBuffer Rent()
    {
        for (var i = 0; i < _free.Length; i++)
        {
            if (Volatile.Read(ref _free[i]) is not null && Interlocked.Exchange(ref _free[i], null) is { } buffer) return buffer;
        }

        return new(BufferBytes);
    }

    public void Return(FilledBuffer buffer)
    {
        buffer.Count = 0;
        for (var i = 0; i < _free.Length; i++)
        {
            if (Volatile.Read(ref _free[i]) is null && Interlocked.CompareExchange(ref _free[i], buffer, null) is null) return;
        }
    }
}
