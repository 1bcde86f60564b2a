using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Transfer.Journaling;

/// <summary>The bytes of a journal, as <c>docs/formats/journal.md</c> specifies them. Little-endian; every entry carries its own CRC-32.</summary>
internal static class JournalFormat
{
    public const int Version = 1;
    public const int RecordBytes = FrameBytes + 32;
    public const int MaxPayloadBytes = 64 * 1024;

    private const int PreambleBytes = 12;
    private const int FrameBytes = 12; // type, length, CRC-32 of type, length and payload

    private static ReadOnlySpan<byte> Magic => "CDLJRNL\0"u8;

    private enum EntryType
    {
        Header = 1,
        Owner = 2,
        Record = 3,
    }

    public static byte[] Start(JournalHeader header, JournalOwner owner)
    {
        var bytes = new List<byte>(256);
        bytes.AddRange(Magic);
        Span<byte> version = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(version, Version);
        bytes.AddRange(version);
        bytes.AddRange(Frame(EntryType.Header, HeaderPayload(header)));
        bytes.AddRange(Entry(owner));
        return [.. bytes];
    }

    public static byte[] Entry(JournalOwner owner)
    {
        var machine = Encoding.UTF8.GetBytes(owner.Machine.Length > 255 ? owner.Machine[..255] : owner.Machine);
        var payload = new byte[12 + machine.Length];
        BinaryPrimitives.WriteInt32LittleEndian(payload, owner.ProcessId);
        BinaryPrimitives.WriteInt64LittleEndian(payload.AsSpan(4), owner.Since.ToUnixTimeMilliseconds());
        machine.CopyTo(payload, 12);
        return Frame(EntryType.Owner, payload);
    }

    public static byte[] Entry(JournalRecord record)
    {
        var entry = new byte[RecordBytes];
        Write(record, entry);
        return entry;
    }

    /// <summary>As <see cref="Entry(JournalRecord)"/>, without allocating: once for each MiB of a file.</summary>
    /// <param name="entry">Of <see cref="RecordBytes"/>.</param>
    public static void Write(JournalRecord record, Span<byte> entry)
    {
        BinaryPrimitives.WriteInt32LittleEndian(entry, (int)EntryType.Record);
        BinaryPrimitives.WriteInt32LittleEndian(entry[4..], RecordBytes - FrameBytes);
        BinaryPrimitives.WriteInt64LittleEndian(entry[FrameBytes..], record.Range.Start);
        BinaryPrimitives.WriteInt64LittleEndian(entry[(FrameBytes + 8)..], record.Range.End);
        BinaryPrimitives.WriteUInt128LittleEndian(entry[(FrameBytes + 16)..], record.Digest);
        Span<byte> covered = stackalloc byte[RecordBytes - 4]; // all but the checksum itself
        entry[..8].CopyTo(covered);
        entry[FrameBytes..].CopyTo(covered[8..]);
        BinaryPrimitives.WriteUInt32LittleEndian(entry[8..], Crc32.HashToUInt32(covered));
    }

    /// <summary>Reads as far as the bytes are whole; null when not even the header is.</summary>
    /// <exception cref="JournalVersionException">The journal is of a newer version.</exception>
    public static JournalContent? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < PreambleBytes || !bytes.StartsWith(Magic)) return null;
        var version = BinaryPrimitives.ReadInt32LittleEndian(bytes[8..]);
        if (version > Version) throw new JournalVersionException(version);
        if (version != Version) return null;

        JournalHeader? header = null;
        JournalOwner? owner = null;
        var records = new List<JournalRecord>();
        var at = PreambleBytes;
        while (true)
        {
            if (!TryReadFrame(bytes[at..], out var type, out var payload))
            {
                if (!IsSpoiltRecord(bytes[at..])) break;
                at += RecordBytes;
                continue;
            }

            if (header is null && type != EntryType.Header) break;
            if (type == EntryType.Header) header = ReadHeader(payload);
            else if (type == EntryType.Owner) owner = ReadOwner(payload) ?? owner;
            else if (type == EntryType.Record && ReadRecord(payload, header!.TotalBytes) is { } record) records.Add(record);
            if (header is null) break;
            at += FrameBytes + payload.Length;
        }

        return header is null ? null : new(header, owner, records, at);
    }

    /// <summary>A record with a wrong checksum, and a whole entry behind it: the disk has spoilt this one, and it costs only what it spoke of.</summary>
    private static bool IsSpoiltRecord(ReadOnlySpan<byte> bytes) => bytes.Length > RecordBytes
        && BinaryPrimitives.ReadInt32LittleEndian(bytes) == (int)EntryType.Record && BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]) == RecordBytes - FrameBytes
        && TryReadFrame(bytes[RecordBytes..], out _, out _);

    private static byte[] Frame(EntryType type, ReadOnlySpan<byte> payload)
    {
        var entry = new byte[FrameBytes + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(entry, (int)type);
        BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(4), payload.Length);
        payload.CopyTo(entry.AsSpan(FrameBytes));
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(8), Checksum(entry));
        return entry;
    }

    private static bool TryReadFrame(ReadOnlySpan<byte> bytes, out EntryType type, out ReadOnlySpan<byte> payload)
    {
        type = default;
        payload = default;
        if (bytes.Length < FrameBytes) return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]);
        if (length is < 0 or > MaxPayloadBytes || bytes.Length < FrameBytes + length) return false;
        if (Checksum(bytes[..(FrameBytes + length)]) != BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..])) return false;
        type = (EntryType)BinaryPrimitives.ReadInt32LittleEndian(bytes);
        payload = bytes.Slice(FrameBytes, length);
        return true;
    }

    private static uint Checksum(ReadOnlySpan<byte> entry)
    {
        var crc = new Crc32();
        crc.Append(entry[..8]);
        crc.Append(entry[FrameBytes..]);
        return crc.GetCurrentHashAsUInt32();
    }

    private static byte[] HeaderPayload(JournalHeader header)
    {
        var payload = new List<byte>(128);
        Span<byte> number = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(number, header.TotalBytes);
        payload.AddRange(number);
        BinaryPrimitives.WriteInt64LittleEndian(number, header.LastModified?.ToUnixTimeSeconds() ?? long.MinValue);
        payload.AddRange(number);
        AddText(payload, header.ETag);
        AddText(payload, header.Expected);
        AddText(payload, header.Store);
        return [.. payload];
    }

    private static JournalHeader? ReadHeader(ReadOnlySpan<byte> payload)
    {
        if (payload.Length < 16) return null;
        var total = BinaryPrimitives.ReadInt64LittleEndian(payload);
        var modified = BinaryPrimitives.ReadInt64LittleEndian(payload[8..]);
        var rest = payload[16..];
        if (total < 0 || !TryReadText(ref rest, out var etag) || !TryReadText(ref rest, out var expected)) return null;
        TryReadText(ref rest, out var store); // earlier writers end here
        return new(total, etag, modified == long.MinValue ? null : DateTimeOffset.FromUnixTimeSeconds(modified), expected, store);
    }

    private static JournalOwner? ReadOwner(ReadOnlySpan<byte> payload) => payload.Length < 12 ? null : new(
        BinaryPrimitives.ReadInt32LittleEndian(payload),
        Encoding.UTF8.GetString(payload[12..]),
        DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64LittleEndian(payload[4..])));

    private static JournalRecord? ReadRecord(ReadOnlySpan<byte> payload, long total)
    {
        if (payload.Length != 32) return null;
        var start = BinaryPrimitives.ReadInt64LittleEndian(payload);
        var end = BinaryPrimitives.ReadInt64LittleEndian(payload[8..]);
        if (start < 0 || end <= start || end > total) return null;
        return new(new(start, end), BinaryPrimitives.ReadUInt128LittleEndian(payload[16..]));
    }

    private static void AddText(List<byte> payload, string? text)
    {
        Span<byte> length = stackalloc byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, text is null ? -1 : Encoding.UTF8.GetByteCount(text));
        payload.AddRange(length);
        if (text is not null) payload.AddRange(Encoding.UTF8.GetBytes(text));
    }

    private static bool TryReadText(ref ReadOnlySpan<byte> rest, out string? text)
    {
        text = null;
        if (rest.Length < 4) return false;
        var length = BinaryPrimitives.ReadInt32LittleEndian(rest);
        rest = rest[4..];
        if (length == -1) return true;
        if (length < 0 || length > rest.Length) return false;
        text = Encoding.UTF8.GetString(rest[..length]);
        rest = rest[length..];
        return true;
    }
}

/// <summary>The journal says it is of a version this program does not know; nothing of it was read.</summary>
internal sealed class JournalVersionException(int version) : Exception($"Journal version {version}")
{
    public int Version { get; } = version;
}
