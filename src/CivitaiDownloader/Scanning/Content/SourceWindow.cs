namespace CivitaiDownloader.Scanning.Content;

/// <summary>A part of another source.</summary>
internal sealed class SourceWindow(ScanSource source, long start, long length) : ScanSource
{
    public override long Length => length;

    public override int Read(long offset, Span<byte> destination)
    {
        if (offset < 0 || offset >= length) return 0;
        return source.Read(start + offset, destination[..(int)Math.Min(destination.Length, length - offset)]);
    }
}
