namespace CivitaiDownloader.Transfer.Digests;

/// <summary>Bytes on their way from the network to the disk and the digest. Lent by <see cref="DigestFollower"/>, always given back to it.</summary>
internal sealed class FilledBuffer
{
    /// <summary>Below this the system calls show, above it nothing is gained (64 KiB reads cost half as much again, 1 MiB brings nothing more; docs/benchmarks.md).</summary>
    public const int Bytes = 256 * 1024;

    public byte[] Memory { get; } = GC.AllocateUninitializedArray<byte>(Bytes, pinned: true);

    public long Offset { get; set; }

    public int Count { get; set; }

    public ReadOnlySpan<byte> Span => Memory.AsSpan(0, Count);
}
