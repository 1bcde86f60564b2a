using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>Feeds a decoder from a source and knows to the byte how far it came. A decoder that wants more than there is has met a stream that was cut off.</summary>
internal sealed class FeedStream(ScanSource source) : ForwardStream
{
    private readonly byte[] _buffer = new byte[32 * 1024];
    private long _bufferStart;
    private int _bufferLength;

    public override long Position { get; set; }

    /// <summary>Ends quietly: for decoders that read a little further than their stream goes.</summary>
    public bool IsPadded { get; init; }

    public override int ReadByte() => Fill() ? _buffer[Position++ - _bufferStart] : IsPadded ? 0 : throw Ended();

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty) return 0;
        if (!Fill()) return IsPadded ? 0 : throw Ended();
        var ready = _buffer.AsSpan((int)(Position - _bufferStart), (int)(_bufferStart + _bufferLength - Position));
        var count = Math.Min(ready.Length, buffer.Length);
        ready[..count].CopyTo(buffer);
        Position += count;
        return count;
    }

    private bool Fill()
    {
        if (Position >= _bufferStart && Position < _bufferStart + _bufferLength) return true;
        _bufferStart = Position;
        _bufferLength = source.Read(Position, _buffer);
        return _bufferLength > 0;
    }

    private UnreadableException Ended() => new("it was cut off", Position);
}
