using System.Buffers;
using System.Buffers.Binary;

namespace CivitaiDownloader.Scanning.Content;

/// <summary>Reads a source front to back through one buffer, and refuses to go beyond its end. Never reserves memory for a length that only the file claims.</summary>
internal sealed class SourceReader : IDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly ScanSource _source;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private long _bufferStart; // of the buffer's first byte in the source
    private int _bufferLength, _next; // the buffer's bytes, and which of them is next; _next lies beyond them where the position does

    public SourceReader(ScanSource source, long position = 0)
    {
        (_source, Length) = (source, source.Length);
        _bufferStart = position;
    }

    /// <summary>Setting it beyond the end is an error when something is read there.</summary>
    public long Position
    {
        get => _bufferStart + _next;
        set
        {
            if (value < 0) throw new UnreadableException("a place before the beginning", Position);
            if (value >= _bufferStart && value <= _bufferStart + _bufferLength) _next = (int)(value - _bufferStart);
            else (_bufferStart, _bufferLength, _next) = (value, 0, 0);
        }
    }

    public long Length { get; }

    public long Remaining => Math.Max(0, Length - Position);

    public byte ReadByte() => _next < _bufferLength ? _buffer[_next++] : Window(1)[0];

    /// <returns>-1 at the end.</returns>
    public int TryReadByte() => _next < _bufferLength ? _buffer[_next++] : Remaining == 0 ? -1 : Window(1)[0];

    public ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Window(2));

    public uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Window(4));

    public ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Window(8));

    public int ReadInt32() => unchecked((int)ReadUInt32());

    public long ReadInt64() => unchecked((long)ReadUInt64());

    /// <summary>Reads <paramref name="count"/> bytes into memory of their own.</summary>
    /// <exception cref="UnreadableException">There are fewer left.</exception>
    public byte[] ReadBytes(long count)
    {
        Demand(count);
        if (count > Array.MaxLength) throw new UnreadableException($"{count} bytes in one value", Position);
        var bytes = new byte[count];
        if (_source.Read(Position, bytes) != count) throw Ended(count);
        Position += count;
        return bytes;
    }

    /// <exception cref="UnreadableException">There are fewer left.</exception>
    public void Skip(long count)
    {
        if ((ulong)count <= (ulong)(_bufferLength - _next))
        {
            _next += (int)count;
            return;
        }

        Demand(count);
        Position += count;
    }

    /// <summary>The next bytes without passing them: at least one unless at the end, at most the buffer's size.</summary>
    public ReadOnlySpan<byte> PeekBuffered()
    {
        if (_next >= _bufferLength) Fill();
        return _buffer.AsSpan(_next, _bufferLength - _next);
    }

    /// <summary>The next <paramref name="count"/> bytes (at most 64 KiB), valid until the next call.</summary>
    public ReadOnlySpan<byte> Window(int count)
    {
        if (count < 0 || count > _bufferLength - _next)
        {
            Demand(count);
            Fill();
            if (count > _bufferLength) throw Ended(count);
        }

        var window = _buffer.AsSpan(_next, count);
        _next += count;
        return window;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void Fill()
    {
        var (position, remaining) = (Position, Remaining);
        (_bufferStart, _bufferLength, _next) = (position, 0, 0);
        if (remaining > 0) _bufferLength = _source.Read(position, _buffer.AsSpan(0, (int)Math.Min(BufferBytes, remaining)));
    }

    private void Demand(long count)
    {
        if (count < 0 || count > Remaining) throw Ended(count);
    }

    private UnreadableException Ended(long count) => new($"{count} bytes are announced where {Remaining} are left", Position);
}
