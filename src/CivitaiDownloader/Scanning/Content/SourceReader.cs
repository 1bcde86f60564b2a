using System.Buffers;
using System.Buffers.Binary;

namespace CivitaiDownloader.Scanning.Content;

/// <summary>Reads a source front to back through one buffer, and refuses to go beyond its end. Never reserves memory for a length that only the file claims.</summary>
internal sealed class SourceReader : IDisposable
{
    private const int BufferBytes = 64 * 1024;

    private readonly ScanSource _source;
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
    private long _bufferStart;
    private int _bufferLength;
    private long _position;

    public SourceReader(ScanSource source, long position = 0) => (_source, _position) = (source, position);

    /// <summary>Setting it beyond the end is an error when something is read there.</summary>
    public long Position
    {
        get => _position;
        set => _position = value >= 0 ? value : throw new UnreadableException("a place before the beginning", _position);
    }

    public long Length => _source.Length;

    public long Remaining => Math.Max(0, Length - Position);

    public byte ReadByte() => Window(1)[0];

    /// <returns>-1 at the end.</returns>
    public int TryReadByte() => Remaining == 0 ? -1 : ReadByte();

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
        Demand(count);
        Position += count;
    }

    /// <summary>The next bytes without passing them: at least one unless at the end, at most the buffer's size.</summary>
    public ReadOnlySpan<byte> PeekBuffered()
    {
        if (Remaining == 0) return [];
        if (Position < _bufferStart || Position >= _bufferStart + _bufferLength) Fill();
        return _buffer.AsSpan((int)(Position - _bufferStart), (int)(_bufferStart + _bufferLength - Position));
    }

    /// <summary>The next <paramref name="count"/> bytes (at most 64 KiB), valid until the next call.</summary>
    public ReadOnlySpan<byte> Window(int count)
    {
        Demand(count);
        if (Position < _bufferStart || Position + count > _bufferStart + _bufferLength) Fill();
        if (Position + count > _bufferStart + _bufferLength) throw Ended(count);
        var window = _buffer.AsSpan((int)(Position - _bufferStart), count);
        Position += count;
        return window;
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer);

    private void Fill()
    {
        _bufferStart = Position;
        _bufferLength = _source.Read(Position, _buffer.AsSpan(0, (int)Math.Min(BufferBytes, Remaining)));
    }

    private void Demand(long count)
    {
        if (count < 0 || count > Remaining) throw Ended(count);
    }

    private UnreadableException Ended(long count) => new($"{count} bytes are announced where {Remaining} are left", Position);
}
