using System.Buffers.Binary;
using System.Text;
using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>One header of a tar archive (POSIX.1-2017, pax, "ustar Interchange Format"; GNU tar manual, "Basic Tar Format").</summary>
/// <param name="Offset">Of the header in the archive.</param>
internal sealed record TarEntry(long Offset, string Name, string LinkName, char Type, long Size, int Mode)
{
    public const int BlockBytes = 512;

    // Types of the records that tell something of the member behind them.
    public bool IsExtension => Type is 'x' or 'X' or 'g' or 'L' or 'K';

    /// <summary>The oldest programs mark a folder by the slash alone.</summary>
    public bool IsFolder => Type is '5' or 'D' || (Type is '\0' or '0' && Name.EndsWith('/'));

    /// <summary>Bytes 345 on continue the name to readers that look for no mark, and mean times to those that see GNU's.</summary>
    public bool HasDoubtfulPrefix { get; private init; }

    public bool HasChecksum { get; private init; }

    public static TarEntry Read(ReadOnlySpan<byte> block, long offset)
    {
        var name = Text(block[..100]);
        var prefix = Text(block.Slice(345, 155));
        var isPosix = block.Slice(257, 6).SequenceEqual("ustar\0"u8);
        var type = (char)block[156];
        return new(offset, isPosix && prefix.Length > 0 ? $"{prefix}/{name}" : name, Text(block.Slice(157, 100)), type, Number(block.Slice(124, 12), offset), (int)(Number(block.Slice(100, 8), offset) & 0xffff))
        {
            HasChecksum = TarHeader.HasChecksum(block),
            HasDoubtfulPrefix = !isPosix && TarHeader.HasMark(block) && prefix.Length > 0 && type is not ('L' or 'K' or 'S' or 'D' or 'M' or 'V'),
        };
    }

    /// <summary>Up to the first NUL. What is no UTF-8 comes as replacement characters, which no name may hold.</summary>
    public static string Text(ReadOnlySpan<byte> field)
    {
        var end = field.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? field : field[..end]);
    }

    /// <summary>Octal digits, or GNU's binary form when the first bit is set.</summary>
    /// <exception cref="UnreadableException">Readers would not agree on it.</exception>
    public static long Number(ReadOnlySpan<byte> field, long offset)
    {
        if ((field[0] & 0x80) != 0) return Binary(field, offset);
        var digits = field.Trim(" \0"u8);
        long value = 0;
        foreach (var digit in digits)
        {
            if (digit is < (byte)'0' or > (byte)'7') throw new UnreadableException("a number in a header is not octal", offset);
            value = (value * 8) + (digit - '0');
        }

        return value;
    }

    private static long Binary(ReadOnlySpan<byte> field, long offset)
    {
        if (field.Length == 12 && (field[0] != 0x80 || field[1..4].ContainsAnyExcept((byte)0) || (field[4] & 0x80) != 0)) throw new UnreadableException("a number in a header is negative or beyond all sizes", offset);
        return field.Length == 12 ? BinaryPrimitives.ReadInt64BigEndian(field[4..]) : BinaryPrimitives.ReadInt32BigEndian(field[4..]) & int.MaxValue;
    }
}
