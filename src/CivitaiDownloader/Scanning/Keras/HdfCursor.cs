using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Keras;

/// <summary>Reads the fields of one structure, little-endian and of the file's widths.</summary>
internal sealed class HdfCursor(ReadOnlyMemory<byte> bytes, long place, int addressBytes, int sizeBytes)
{
    public int Position { get; private set; }

    public int Left => bytes.Length - Position;

    /// <summary>In the file.</summary>
    public long Place => place + Position;

    public int Byte() => Bytes(1)[0];

    public int UInt16() => (int)Number(2);

    public uint UInt32() => (uint)Number(4);

    public long Size() => Signed(Number(sizeBytes));

    /// <returns>Null for the address that stands for none: all bits set.</returns>
    public long? Address()
    {
        var value = Number(addressBytes);
        return value == (addressBytes == 8 ? ulong.MaxValue : (1UL << (8 * addressBytes)) - 1) ? null : Signed(value);
    }

    public ulong Number(int width)
    {
        var value = 0UL;
        var field = Bytes(width);
        for (var index = width - 1; index >= 0; index--) value = (value << 8) | field[index];
        return value;
    }

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if (count < 0 || count > Left) throw new UnreadableException($"{count} bytes are announced where {Left} are left", Place);
        Position += count;
        return bytes.Span.Slice(Position - count, count);
    }

    public void Skip(int count) => Bytes(count);

    /// <summary>Up to a zero or the end.</summary>
    public string Text(int most)
    {
        var rest = bytes.Span.Slice(Position, Math.Min(Left, most));
        var end = rest.IndexOf((byte)0);
        return System.Text.Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
    }

    /// <summary>What has been read since a place, without the zero at its end.</summary>
    public string TextFrom(int start) => System.Text.Encoding.UTF8.GetString(bytes.Span[start..(Position - 1)]);

    private long Signed(ulong value) => value <= long.MaxValue ? (long)value : throw new UnreadableException($"the number {value}", Place);
}
