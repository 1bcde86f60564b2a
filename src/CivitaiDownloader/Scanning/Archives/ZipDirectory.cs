using System.Buffers.Binary;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>The directory at the end of a zip archive, and where it lies (APPNOTE 6.3.10, sections 4.3.12 to 4.3.16).</summary>
/// <param name="Entries">In the directory's order.</param>
/// <param name="Base">Bytes before the archive's own beginning: places in the directory count from there.</param>
/// <param name="Start">Of the directory, from the beginning of the file.</param>
/// <param name="CommentAt">Behind the end record, from the beginning of the file.</param>
/// <param name="End">Behind the archive's last record and comment.</param>
internal sealed record ZipDirectory(List<ZipEntry> Entries, long Base, long Start, long CommentAt, long End)
{
    private const int EndBytes = 22, MostNameBytes = 32 << 20;

    private static ReadOnlySpan<byte> EndMark => "PK\x05\x06"u8;

    /// <returns>Null when there is none that a reader would believe.</returns>
    public static ZipDirectory? Find(ScanItem item, ScanState state)
    {
        var source = item.Source;
        var tailStart = Math.Max(0, source.Length - ZipMark.LongestEnd);
        var tail = source.Peek(tailStart, ZipMark.LongestEnd);
        var ends = Ends(tail);
        if (ends.Count == 0) return null;

        // Some readers take the very last one, others the last whose comment ends with the file. An archive kept inside another has neither.
        var fitting = ends.FindAll(at => at + EndBytes + CommentLength(tail, at) == tail.Length);
        var end = fitting.Count > 0 ? fitting[^1] : ends[^1];
        if (fitting.Count > 1 || end != ends[^1]) state.Report(ZipRules.Ambiguous, item, "there are two directories, of which readers take the one or the other", tailStart + end);
        return Read(item, state, tail.AsSpan(end), tailStart + end);
    }

    private static List<int> Ends(ReadOnlySpan<byte> tail)
    {
        var ends = new List<int>();
        for (var at = 0; at <= tail.Length - EndBytes; at++)
        {
            var next = tail[at..].IndexOf(EndMark);
            if (next < 0 || at + next > tail.Length - EndBytes) break;
            at += next;
            ends.Add(at);
        }

        return ends;
    }

    private static int CommentLength(ReadOnlySpan<byte> tail, int end) => BinaryPrimitives.ReadUInt16LittleEndian(tail[(end + 20)..]);

    private static ZipDirectory Read(ScanItem item, ScanState state, ReadOnlySpan<byte> record, long endAt)
    {
        long count = BinaryPrimitives.ReadUInt16LittleEndian(record[10..]), size = BinaryPrimitives.ReadUInt32LittleEndian(record[12..]), start = BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
        long end = endAt + EndBytes + BinaryPrimitives.ReadUInt16LittleEndian(record[20..]), directoryEnd = endAt;
        var (diskCount, disk) = ((long)BinaryPrimitives.ReadUInt16LittleEndian(record[8..]), BinaryPrimitives.ReadUInt16LittleEndian(record[4..]) | BinaryPrimitives.ReadUInt16LittleEndian(record[6..]));
        if (Zip64(item.Source, endAt) is { } large)
        {
            if ((count != ushort.MaxValue && count != large.Count) || (size != uint.MaxValue && size != large.Size) || (start != uint.MaxValue && start != large.Start)) state.Report(ZipRules.Ambiguous, item, "the two end records give different directories", endAt);
            (count, size, start, directoryEnd, diskCount, disk) = (large.Count, large.Size, large.Start, large.RecordAt, large.Count, 0);
        }

        if (end > item.Source.Length) state.Report(ZipRules.Ambiguous, item, $"its comment is said to end {end - item.Source.Length} bytes behind the end of the file", endAt + EndBytes);
        if (disk != 0 || diskCount != count) state.Report(ZipRules.Ambiguous, item, "it claims to be one of several volumes", endAt);
        if (size < 0 || start < 0 || size > directoryEnd) throw new UnreadableException($"a directory of {size} bytes before byte {directoryEnd}", endAt);

        // Readers go back from the end record by the size; what the directory's place differs from that by lies in front of the archive.
        var directoryStart = directoryEnd - size;
        var directory = new ZipDirectory([], directoryStart - start, directoryStart, endAt + EndBytes, end);
        if (directory.Base < 0) throw new UnreadableException($"the directory is said to begin at {start} and can begin no later than {directoryStart}", endAt);
        directory.ReadEntries(item, state, directoryEnd, count);
        return directory;
    }

    private void ReadEntries(ScanItem item, ScanState state, long directoryEnd, long count)
    {
        using var reader = new SourceReader(item.Source.Slice(0, directoryEnd), Start);
        long names = 0;
        while (reader.Remaining >= 46)
        {
            state.CountMember();
            Entries.Add(ZipEntry.ReadDirectory(reader));
            names += Entries[^1].Name.Length;
            if (names > MostNameBytes) throw new BudgetExceededException(CoreRules.Limit, $"names of over {MostNameBytes} bytes");
        }

        if (reader.Remaining > 0) state.Report(ZipRules.Ambiguous, item, $"{reader.Remaining} bytes of the directory are no record", reader.Position);
        if (Entries.Count != count && (count != ushort.MaxValue || Entries.Count < count)) state.Report(ZipRules.Ambiguous, item, $"the directory says {count} members and has {Entries.Count}", Start);
    }

    private static (long Count, long Size, long Start, long RecordAt)? Zip64(ScanSource source, long endAt)
    {
        if (endAt < 20 || source.Peek(endAt - 20, 20) is not [(byte)'P', (byte)'K', 6, 7, ..] locator) return null;
        var announced = (long)BinaryPrimitives.ReadUInt64LittleEndian(locator.AsSpan(8));

        // With something in front of the archive the place is off, and the record stands right before its locator all the same.
        foreach (var at in new[] { endAt - 20 - 56, announced })
        {
            if (at < 0 || at > endAt - 76 || source.Peek(at, 56) is not [(byte)'P', (byte)'K', 6, 6, ..] record || record.Length < 56) continue;
            return ((long)BinaryPrimitives.ReadUInt64LittleEndian(record.AsSpan(32)), (long)BinaryPrimitives.ReadUInt64LittleEndian(record.AsSpan(40)), (long)BinaryPrimitives.ReadUInt64LittleEndian(record.AsSpan(48)), at);
        }

        return null;
    }
}
