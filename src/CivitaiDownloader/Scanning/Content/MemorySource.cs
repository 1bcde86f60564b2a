namespace CivitaiDownloader.Scanning.Content;

/// <summary>Bytes that are in memory.</summary>
public sealed class MemorySource(ReadOnlyMemory<byte> bytes) : ScanSource
{
    public override long Length => bytes.Length;

    public override int Read(long offset, Span<byte> destination)
    {
        if (offset < 0 || offset >= bytes.Length) return 0;
        var part = bytes.Span[(int)offset..];
        var count = Math.Min(part.Length, destination.Length);
        part[..count].CopyTo(destination);
        return count;
    }
}
