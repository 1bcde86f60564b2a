using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Media;

/// <summary>Matroska and WebM (RFC 8794, RFC 9559): elements to the end of the file. Live recordings leave lengths open; what is open is entered.</summary>
internal sealed class MatroskaReader : IContentReader
{
    private const uint Header = 0x1a45dfa3, Segment = 0x18538067, Cluster = 0x1f43b675, Attachments = 0x1941a469, Void = 0xec;

    private static readonly HashSet<uint> Known = [Header, Segment, Cluster, Attachments, Void, 0x114d9b74, 0x1549a966, 0x1654ae6b, 0x1043a770, 0x1c53bb6b, 0x1254c367, 0xbf];

    // What a cluster holds, for clusters of open length: times, positions and blocks.
    private static readonly HashSet<uint> InCluster = [0xe7, 0x5854, 0xa7, 0xab, 0xa3, 0xa0, 0xaf];

    public ContentKind Read(ScanItem item, ScanState state)
    {
        using var reader = new SourceReader(item.Source);
        var (hasSegment, inOpenCluster) = (false, false);
        var segmentEnd = long.MaxValue;
        while (reader.Remaining > 0)
        {
            state.CancellationToken.ThrowIfCancellationRequested();
            var start = reader.Position;
            if (start == segmentEnd && item.Source.Peek(start, 4) is not [0x1a, 0x45, 0xdf, 0xa3]) break;
            var id = ReadId(reader);
            if (!Known.Contains(id) && !(inOpenCluster && InCluster.Contains(id))) throw new UnreadableException($"an element 0x{id:x} where none of its kind may be", start);
            var length = ReadLength(reader);
            if (length is { } known && known > Math.Min(reader.Length, start < segmentEnd ? segmentEnd : long.MaxValue) - reader.Position) throw new UnreadableException($"an element of {known} bytes, beyond its parent's end", start);
            if (id is Segment)
            {
                hasSegment = true;
                segmentEnd = length is null ? long.MaxValue : reader.Position + length.Value;
                continue;
            }

            if (Known.Contains(id)) inOpenCluster = id == Cluster && length is null;
            if (length is null && id != Cluster) throw new UnreadableException($"an element 0x{id:x} of open length", start);
            if (id is Attachments or Void) MediaEnd.CheckPassedOver(item, state, reader.Position, length ?? 0, id == Void ? "empty element" : "attachment");
            reader.Skip(length ?? 0);
        }

        if (!hasSegment) throw new UnreadableException("no film in it", 0);
        MediaEnd.Check(item, state, reader.Position);
        return ContentKind.Matroska;
    }

    // RFC 8794, section 5: as many bytes as the first one's leading zeros say, the mark included.
    private static uint ReadId(SourceReader reader)
    {
        var start = reader.Position;
        uint id = reader.ReadByte();
        var more = System.Numerics.BitOperations.LeadingZeroCount(id) - 24;
        if (more > 3) throw new UnreadableException("no element where one belongs", start);
        for (; more > 0; more--) id = (id << 8) | reader.ReadByte();
        return id;
    }

    /// <returns>Null when it is open: all its bits are set.</returns>
    private static long? ReadLength(SourceReader reader)
    {
        var start = reader.Position;
        var first = reader.ReadByte();
        if (first == 0) throw new UnreadableException("a length of more than eight bytes", start);
        var more = System.Numerics.BitOperations.LeadingZeroCount((uint)first) - 24;
        var length = (long)first & ((1 << (7 - more)) - 1);
        for (var left = more; left > 0; left--) length = (length << 8) | reader.ReadByte();
        return length == (1L << (7 * (more + 1))) - 1 ? null : length;
    }
}
