using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;

namespace CivitaiDownloader.Tests.Transfer.Torture;

/// <summary>A record of a journal: a run of bytes that is said to be on disk.</summary>
internal readonly record struct ClaimedBytes(long Start, long End, UInt128 Digest);

/// <summary>A journal of version 1, written and read by its specification (docs/formats/journal.md) and nothing else: without the program's own code.</summary>
internal static class JournalBytes
{
    private const int PreambleBytes = 12;
    private const int FrameBytes = 12;

    public static byte[] Write(long totalBytes, string etag, string? expected, IEnumerable<ClaimedBytes> records)
    {
        using var journal = new MemoryStream();
        journal.Write("CDLJRNL\0\x01\0\0\0"u8);
        journal.Write(Entry(1, [.. Number(totalBytes), .. Number(long.MinValue), .. String(etag), .. String(expected)]));
        foreach (var record in records)
        {
            var digest = new byte[16];
            BinaryPrimitives.WriteUInt128LittleEndian(digest, record.Digest);
            journal.Write(Entry(3, [.. Number(record.Start), .. Number(record.End), .. digest]));
        }

        return journal.ToArray();
    }

    /// <returns>The records, as far as the journal is whole.</returns>
    public static IReadOnlyList<ClaimedBytes> Read(ReadOnlySpan<byte> journal)
    {
        var records = new List<ClaimedBytes>();
        for (var at = PreambleBytes; journal.Length - at >= FrameBytes;)
        {
            var (type, length) = (BinaryPrimitives.ReadInt32LittleEndian(journal[at..]), BinaryPrimitives.ReadInt32LittleEndian(journal[(at + 4)..]));
            if (length < 0 || length > journal.Length - at - FrameBytes) break;
            var payload = journal.Slice(at + FrameBytes, length);
            if (Checksum(journal.Slice(at, 8), payload) != BinaryPrimitives.ReadUInt32LittleEndian(journal[(at + 8)..])) break;
            if (type == 3)
                records.Add(new(BinaryPrimitives.ReadInt64LittleEndian(payload), BinaryPrimitives.ReadInt64LittleEndian(payload[8..]), BinaryPrimitives.ReadUInt128LittleEndian(payload[16..])));
            at += FrameBytes + length;
        }

        return records;
    }

    private static byte[] Entry(int type, byte[] payload)
    {
        var entry = new byte[FrameBytes + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(entry, type);
        BinaryPrimitives.WriteInt32LittleEndian(entry.AsSpan(4), payload.Length);
        payload.CopyTo(entry, FrameBytes);
        BinaryPrimitives.WriteUInt32LittleEndian(entry.AsSpan(8), Checksum(entry.AsSpan(0, 8), payload));
        return entry;
    }

    private static uint Checksum(ReadOnlySpan<byte> start, ReadOnlySpan<byte> payload)
    {
        var crc = new Crc32();
        crc.Append(start);
        crc.Append(payload);
        return crc.GetCurrentHashAsUInt32();
    }

    private static byte[] Number(long number) => BitConverter.GetBytes(BitConverter.IsLittleEndian ? number : BinaryPrimitives.ReverseEndianness(number));

    private static byte[] String(string? text)
    {
        var bytes = new byte[4 + (text is null ? 0 : Encoding.UTF8.GetByteCount(text))];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, text is null ? -1 : bytes.Length - 4);
        if (text is not null) Encoding.UTF8.GetBytes(text, bytes.AsSpan(4));
        return bytes;
    }
}
