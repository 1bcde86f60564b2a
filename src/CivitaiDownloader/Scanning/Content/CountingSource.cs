namespace CivitaiDownloader.Scanning.Content;

/// <summary>Counts what is read of a source, and gives nothing more when the scan is cancelled: so every reader ends soon, whatever it is at.</summary>
internal sealed class CountingSource(ScanSource source, CancellationToken cancellationToken) : ScanSource
{
    public long BytesRead { get; private set; }

    public override long Length => source.Length;

    public override int Read(long offset, Span<byte> destination)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var read = source.Read(offset, destination);
        BytesRead += read;
        return read;
    }
}
