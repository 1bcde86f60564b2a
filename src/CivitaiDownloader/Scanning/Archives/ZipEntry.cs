using System.Buffers.Binary;
using System.Text;
using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>One member as the directory, or the header before it, describes it (APPNOTE 6.3.10, sections 4.3.7 and 4.3.12).</summary>
internal sealed record ZipEntry
{
    public const ushort EncryptedFlag = 0x1, DescriptorFlag = 0x8, PatchFlag = 0x20, StrongFlag = 0x40, MaskedFlag = 0x2000;

    /// <summary>Bits that the format has no use for (APPNOTE 6.3.10, section 4.4.4).</summary>
    public const ushort UnusedFlags = 0xd780;

    private const ushort Zip64Extra = 0x0001, UnicodePathExtra = 0x7075;

    public required string Name { get; init; }

    public ushort Flags { get; init; }

    public ushort Method { get; init; }

    public uint Crc { get; init; }

    public long PackedBytes { get; init; }

    public long Bytes { get; init; }

    /// <summary>Of the header before the member, as the directory gives it; of a header itself, where it was read.</summary>
    public long HeaderAt { get; init; }

    /// <summary>Behind the header; 0 in the directory.</summary>
    public long DataAt { get; init; }

    /// <summary>The number of the volume on which it begins; 0 in a header.</summary>
    public ushort Volume { get; init; }

    /// <summary>The upper half holds the mode of Unix systems.</summary>
    public uint Attributes { get; init; }

    /// <summary>A name that replaces the other in some readers (APPNOTE, section 4.6.9).</summary>
    public string? UnicodePath { get; init; }

    public bool IsFolder => Name.EndsWith('/') && Bytes == 0;

    /// <summary>Sizes and checksum follow the data, because the writer did not know them before.</summary>
    public bool HasDescriptor => (Flags & DescriptorFlag) != 0;

    public bool ClaimsEncryption => (Flags & (EncryptedFlag | StrongFlag | MaskedFlag)) != 0;

    /// <summary>The file type in a Unix mode.</summary>
    public uint UnixType => (Attributes >> 16) & 0xf000;

    /// <summary>Reads the record in the directory on which <paramref name="reader"/> stands.</summary>
    public static ZipEntry ReadDirectory(SourceReader reader)
    {
        var at = reader.Position;
        var head = reader.Window(46);
        if (!head.StartsWith("PK\x01\x02"u8)) throw new UnreadableException("a record of the zip directory has no mark", at);
        var entry = new ZipEntry
        {
            Name = "",
            Flags = BinaryPrimitives.ReadUInt16LittleEndian(head[8..]),
            Method = BinaryPrimitives.ReadUInt16LittleEndian(head[10..]),
            Crc = BinaryPrimitives.ReadUInt32LittleEndian(head[16..]),
            PackedBytes = BinaryPrimitives.ReadUInt32LittleEndian(head[20..]),
            Bytes = BinaryPrimitives.ReadUInt32LittleEndian(head[24..]),
            Volume = BinaryPrimitives.ReadUInt16LittleEndian(head[34..]),
            Attributes = BinaryPrimitives.ReadUInt32LittleEndian(head[38..]),
            HeaderAt = BinaryPrimitives.ReadUInt32LittleEndian(head[42..]),
        };
        var (name, extra, comment) = (BinaryPrimitives.ReadUInt16LittleEndian(head[28..]), BinaryPrimitives.ReadUInt16LittleEndian(head[30..]), BinaryPrimitives.ReadUInt16LittleEndian(head[32..]));
        entry = entry with { Name = Text(reader.Window(name)) };
        entry = WithExtra(entry, reader.Window(extra), entry.Bytes == uint.MaxValue, entry.PackedBytes == uint.MaxValue, entry.HeaderAt == uint.MaxValue, at);
        reader.Skip(comment);
        return entry;
    }

    /// <summary>Reads the header at <paramref name="at"/>; null when none is there.</summary>
    public static ZipEntry? ReadHeader(SourceReader reader, long at)
    {
        if (at < 0 || at > reader.Length - 30) return null;
        reader.Position = at;
        var head = reader.Window(30);
        if (!head.StartsWith("PK\x03\x04"u8)) return null;
        var entry = new ZipEntry
        {
            Name = "",
            Flags = BinaryPrimitives.ReadUInt16LittleEndian(head[6..]),
            Method = BinaryPrimitives.ReadUInt16LittleEndian(head[8..]),
            Crc = BinaryPrimitives.ReadUInt32LittleEndian(head[14..]),
            PackedBytes = BinaryPrimitives.ReadUInt32LittleEndian(head[18..]),
            Bytes = BinaryPrimitives.ReadUInt32LittleEndian(head[22..]),
            HeaderAt = at,
        };
        var (name, extra) = (BinaryPrimitives.ReadUInt16LittleEndian(head[26..]), BinaryPrimitives.ReadUInt16LittleEndian(head[28..]));
        if (name + extra > reader.Remaining) return null;
        entry = entry with { Name = Text(reader.Window(name)) };
        entry = WithExtra(entry, reader.Window(extra), entry.Bytes == uint.MaxValue, entry.PackedBytes == uint.MaxValue, headerAt: false, at);
        return entry with { DataAt = at + 30 + name + extra };
    }

    private static ZipEntry WithExtra(ZipEntry entry, ReadOnlySpan<byte> extra, bool bytes, bool packed, bool headerAt, long at)
    {
        while (extra.Length >= 4)
        {
            var (id, length) = (BinaryPrimitives.ReadUInt16LittleEndian(extra), BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]));
            if (length > extra.Length - 4) break; // padding of writers that align what follows
            var field = extra.Slice(4, length);
            extra = extra[(4 + length)..];
            if (id == Zip64Extra)
            {
                if (bytes) entry = entry with { Bytes = Take(ref field, at) };
                if (packed) entry = entry with { PackedBytes = Take(ref field, at) };
                if (headerAt) entry = entry with { HeaderAt = Take(ref field, at) };
                (bytes, packed, headerAt) = (false, false, false);
            }
            else if (id == UnicodePathExtra && field.Length > 5)
            {
                entry = entry with { UnicodePath = Text(field[5..]) };
            }
        }

        return entry;
    }

    private static long Take(ref ReadOnlySpan<byte> field, long at)
    {
        if (field.Length < 8) throw new UnreadableException("a size of over 4 GiB is missing", at);
        var value = BinaryPrimitives.ReadUInt64LittleEndian(field);
        field = field[8..];
        return value <= long.MaxValue ? (long)value : throw new UnreadableException($"a size of {value} bytes", at);
    }

    // UTF-8 where it is some, whatever the flag says: so most readers do. Else every byte is shown as it is.
    private static string Text(ReadOnlySpan<byte> name) => System.Text.Unicode.Utf8.IsValid(name) ? Encoding.UTF8.GetString(name) : Encoding.Latin1.GetString(name);
}
