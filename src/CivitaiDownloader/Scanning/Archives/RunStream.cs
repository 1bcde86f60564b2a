namespace CivitaiDownloader.Scanning.Archives;

/// <summary>The next bytes of a stream that others go on reading, and no more.</summary>
internal sealed class RunStream(Stream stream, long bytes) : ForwardStream
{
    private long _left = bytes;

    public override int Read(byte[] buffer, int offset, int count)
    {
        if (_left == 0) return 0;
        var read = stream.Read(buffer, offset, (int)Math.Min(count, _left));
        _left -= read;
        return read;
    }
}
