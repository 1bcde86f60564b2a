using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>What the parts of a 7z header are called.</summary>
internal enum SevenZipId
{
    End = 0,
    Header = 1,
    ArchiveProperties = 2,
    AdditionalStreams = 3,
    MainStreams = 4,
    Files = 5,
    PackInfo = 6,
    UnpackInfo = 7,
    SubStreams = 8,
    Size = 9,
    Checksum = 10,
    Folder = 11,
    UnpackedSizes = 12,
    StreamsInFolder = 13,
    EmptyStream = 14,
    EmptyFile = 15,
    Anti = 16,
    Names = 17,
    Attributes = 21,
    EncodedHeader = 23,
}

/// <summary>The values a 7z header is written in.</summary>
internal sealed class SevenZipValues(SourceReader reader)
{
    public long Position => reader.Position;

    public SevenZipId Id() => (SevenZipId)Number();

    public byte Byte() => reader.ReadByte();

    public byte[] Bytes(long count) => reader.ReadBytes(count);

    public uint UInt32() => reader.ReadUInt32();

    public void Skip(long count) => reader.Skip(count);

    public void GoTo(long position) => reader.Position = position;

    /// <summary>As many bytes more as the first has leading ones.</summary>
    public long Number()
    {
        var first = reader.ReadByte();
        ulong value = 0;
        var mask = 0x80;
        for (var index = 0; index < 8; index++, mask >>= 1)
        {
            if ((first & mask) == 0)
            {
                value |= (ulong)(first & (mask - 1)) << (8 * index);
                break;
            }

            value |= (ulong)reader.ReadByte() << (8 * index);
        }

        return value <= long.MaxValue ? (long)value : throw Broken("a number beyond all sizes");
    }

    /// <summary>A count of things that take at least a bit each.</summary>
    public int Count()
    {
        var count = Number();
        return count <= reader.Remaining * 8 && count < int.MaxValue ? (int)count : throw Broken("a count beyond what follows");
    }

    public bool[] Bits(int count)
    {
        if (count > reader.Remaining * 8) throw Broken("a count beyond what follows");
        var bits = new bool[count];
        for (var (index, value) = (0, 0); index < count; index++, value <<= 1)
        {
            if (index % 8 == 0) value = reader.ReadByte();
            bits[index] = (value & 0x80) != 0;
        }

        return bits;
    }

    /// <summary>Which of <paramref name="count"/> things are told of: a byte that says all, or a bit for each.</summary>
    public bool[] Defined(int count)
    {
        if (reader.ReadByte() == 0) return Bits(count);
        if (count > reader.Remaining * 8) throw Broken("a count beyond what follows");
        var all = new bool[count];
        Array.Fill(all, true);
        return all;
    }

    public uint?[] Checksums(int count) => [.. Defined(count).Select(isTold => isTold ? UInt32() : (uint?)null)];

    public UnreadableException Broken(string what) => new($"{what}, at byte {reader.Position} of the header", 0);
}
