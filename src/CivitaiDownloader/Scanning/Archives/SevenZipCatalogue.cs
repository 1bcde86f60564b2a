using System.Buffers.Binary;
using System.IO.Hashing;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>What a 7z archive says of itself: its streams and its members.</summary>
internal sealed class SevenZipCatalogue
{
    private const int StartBytes = 32;

    // The names of as many members as are looked at, at some hundred bytes each.
    private const long LongestHeader = 16 * 1024 * 1024;

    public SevenZipStreams Streams { get; private set; } = SevenZipStreams.None;

    public IReadOnlyList<SevenZipMember> Members { get; private set; } = [];

    /// <returns>Null when it is encrypted, which is told.</returns>
    public static SevenZipCatalogue? Read(ScanItem item, ScanState state)
    {
        var start = item.Source.Peek(0, StartBytes);
        if (start.Length < StartBytes) throw new UnreadableException("the archive ends within its first header", start.Length);
        if (start[6] != 0) throw new UnreadableException("a version that no program knows", 6);
        if (BinaryPrimitives.ReadUInt32LittleEndian(start.AsSpan(8)) != Crc32.HashToUInt32(start.AsSpan(12, 20))) throw new UnreadableException("the first header fails its checksum", 8);
        var offset = BinaryPrimitives.ReadInt64LittleEndian(start.AsSpan(12));
        var size = BinaryPrimitives.ReadInt64LittleEndian(start.AsSpan(20));
        if (offset < 0 || size < 0 || offset > item.Source.Length - StartBytes || size > item.Source.Length - StartBytes - offset) throw new UnreadableException("the header lies beyond the end of the file", 12);

        var used = new List<(long Start, long End)> { (0, StartBytes), (StartBytes + offset, StartBytes + offset + size) };
        var catalogue = new SevenZipCatalogue();
        if (size > 0 && !catalogue.ReadHeader(Header(item.Source.Slice(StartBytes + offset, size), BinaryPrimitives.ReadUInt32LittleEndian(start.AsSpan(28)), 28), item, state, used)) return null;
        catalogue.TellGaps(used, item, state);
        return catalogue;
    }

    private static byte[] Header(ScanSource source, uint? checksum, long offset)
    {
        if (source.Length > LongestHeader) throw new BudgetExceededException(CoreRules.Limit, $"a header of {source.Length} bytes");
        var bytes = source.Peek(0, (int)source.Length);
        if (checksum is { } given && given != Crc32.HashToUInt32(bytes)) throw new UnreadableException("a header fails its checksum", offset);
        return bytes;
    }

    private bool ReadHeader(byte[] bytes, ScanItem item, ScanState state, List<(long Start, long End)> used)
    {
        for (var levels = 0; ; levels++)
        {
            using var source = new MemorySource(bytes);
            using var reader = new SourceReader(source);
            var values = new SevenZipValues(reader);
            var first = values.Id();
            if (first == SevenZipId.Header)
            {
                ReadPlain(values);
                if (reader.Remaining > 0) state.Report(CoreRules.HiddenData, item, $"{reader.Remaining} bytes behind the end of the header", StartBytes);
                return true;
            }

            // Programs unpack a packed header again and again.
            if (first != SevenZipId.EncodedHeader || levels == 4) throw new UnreadableException("the header is none", StartBytes);
            var streams = SevenZipStreams.Read(values);
            if (streams.Folders is not [var folder]) throw new UnreadableException("a packed header in several parts", StartBytes);
            used.AddRange(streams.Extents);
            if (folder.IsEncrypted)
            {
                state.Report(ArchiveRules.Encrypted, item, "the list of its members is encrypted", StartBytes);
                return false;
            }

            if (folder.UnpackedSize > LongestHeader) throw new BudgetExceededException(CoreRules.Limit, $"a header of {folder.UnpackedSize} bytes");
            using var decoder = SevenZipDecoder.Open(folder, item, state);
            using var unpacked = UnpackedSource.Unpack(new RunStream(decoder, folder.UnpackedSize), state);
            if (unpacked.Length != folder.UnpackedSize) throw new UnreadableException("a packed header is shorter than it says", StartBytes);
            bytes = Header(unpacked, folder.Checksum, StartBytes);
        }
    }

    private void ReadPlain(SevenZipValues values)
    {
        var id = values.Id();
        if (id == SevenZipId.ArchiveProperties)
        {
            while (values.Id() != SevenZipId.End) values.Skip(values.Number());
            id = values.Id();
        }

        if (id == SevenZipId.AdditionalStreams)
        {
            SevenZipStreams.Read(values);
            id = values.Id();
        }

        if (id == SevenZipId.MainStreams)
        {
            Streams = SevenZipStreams.Read(values);
            id = values.Id();
        }

        if (id == SevenZipId.Files)
        {
            Members = SevenZipMember.ReadAll(values);
            id = values.Id();
        }

        if (id != SevenZipId.End) throw values.Broken("an unknown part of the header");
    }

    // Everything in the file is a header or a packed stream.
    private void TellGaps(List<(long Start, long End)> used, ScanItem item, ScanState state)
    {
        used.AddRange(Streams.Extents);
        used.Sort();
        var end = 0L;
        foreach (var extent in used)
        {
            if (extent.End > item.Source.Length) throw new UnreadableException("a packed stream reaches beyond the end of the file", extent.Start);
            if (extent.Start < end && extent.End > extent.Start) state.Report(CoreRules.Unreadable, item, "two packed streams share bytes", extent.Start);
            if (extent.Start > end) Leftover.Check(item, state, end, extent.Start - end, "between the streams of the archive", LeftoverTolerance.Padding);
            end = Math.Max(end, extent.End);
        }

        Leftover.Check(item, state, end, item.Source.Length - end, "behind the end of the archive", LeftoverTolerance.Padding);
    }
}
