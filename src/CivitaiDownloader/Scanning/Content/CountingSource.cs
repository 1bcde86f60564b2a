namespace CivitaiDownloader.Scanning.Content;

/// <summary>Counts what is read of a source.</summary>
internal sealed class CountingSource(ScanSource source) : ScanSource
{
    public long BytesRead { get; private set; }

    public override long Length => source.Length;

    public override int Read(long offset, Span<byte> destination)
    {
        var read = source.Read(offset, destination);
        BytesRead += read;
        return read;
    }
}
