namespace CivitaiDownloader.Scanning.Content;

/// <summary>A stream that can seek, from where it stood.</summary>
internal sealed class StreamSource : ScanSource
{
    private readonly Stream _stream;
    private readonly long _start;
    private readonly bool _isOurs;

    private StreamSource(Stream stream, bool isOurs) => (_stream, _start, _isOurs, Length) = (stream, stream.Position, isOurs, stream.Length - stream.Position);

    public override long Length { get; }

    public static StreamSource Of(Stream stream, CancellationToken cancellationToken)
    {
        if (stream.CanSeek) return new(stream, isOurs: false);
        var spool = SpoolFile.Create();
        var buffer = new byte[64 * 1024];
        for (int read; (read = stream.Read(buffer)) > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            spool.Write(buffer.AsSpan(0, read));
        }

        spool.Position = 0;
        return new(spool, isOurs: true);
    }

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

    protected override void Dispose(bool disposing)
    {
        if (disposing && _isOurs) _stream.Dispose();
        base.Dispose(disposing);
    }
}
