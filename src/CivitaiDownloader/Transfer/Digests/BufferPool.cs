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

/// <summary>
/// The buffers of one transfer: taken from the stock, or made, when first needed, used again after, and left to the stock at the end. No lock: a slot is
/// taken and filled by exchange.
/// </summary>
internal sealed class BufferPool : IDisposable
{
    // Below 256 KiB the system calls show, above it nothing is gained (64 KiB reads cost half as much again; docs/benchmarks.md). Many connections are
    // slow ones, or are decrypted 16 KiB at a time: together they get no more than a few large buffers would take.
    private const int AllBytes = 1024 * 1024;

    private readonly BufferStock _stock;
    private readonly FilledBuffer?[] _free;

    /// <param name="connections">How many fill buffers at a time.</param>
    public BufferPool(BufferStock stock, int connections) : this(stock, Math.Clamp(AllBytes / Math.Max(1, connections) / BufferStock.LeastBytes * BufferStock.LeastBytes, BufferStock.LeastBytes, BufferStock.MostBytes), connections + DigestFollower.MostInHand) { }

    private BufferPool(BufferStock stock, int bufferBytes, int places) => (_stock, BufferBytes, _free) = (stock, bufferBytes, new FilledBuffer?[places]);

    /// <summary>Many small files come at once, and each waits for its bytes with a buffer in hand.</summary>
    public static BufferPool ForSmallFile(BufferStock stock) => new(stock, BufferStock.LeastBytes, places: 1);

    public int BufferBytes { get; }

    public FilledBuffer Rent() => Slots.Take(_free) ?? _stock.Take(BufferBytes) ?? new(BufferBytes);

    public void Return(FilledBuffer buffer)
    {
        buffer.Count = 0;
        Slots.Put(_free, buffer);
    }

    public void Dispose()
    {
        while (Slots.Take(_free) is { } buffer) _stock.Put(buffer);
    }
}
