namespace CivitaiDownloader.Scanning.Content;

/// <summary>A stream that can seek, from where it stood. It stays open.</summary>
internal sealed class StreamSource : ScanSource
{
    private readonly Stream _stream;
    private readonly long _start;

    private StreamSource(Stream stream) => (_stream, _start, Length) = (stream, stream.Position, stream.Length - stream.Position);

    public override long Length { get; }

    /// <returns>A source over any stream; one that cannot seek is read to its end first.</returns>
    public static ScanSource Of(Stream stream, CancellationToken cancellationToken) => stream.CanSeek ? new StreamSource(stream) : UnpackedSource.Copy(stream, cancellationToken);

    public override int Read(long offset, Span<byte> destination)
    {
        if (offset < 0 || offset >= Length) return 0;
        try
        {
            _stream.Position = _start + offset;
            return _stream.ReadAtLeast(destination, destination.Length, throwOnEndOfStream: false);
        }
        catch (IOException failed)
        {
            throw new SourceUnavailableException(failed.Message, failed);
        }
    }
}
