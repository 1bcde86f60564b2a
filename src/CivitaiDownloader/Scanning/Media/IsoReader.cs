using System.Buffers.Binary;
using System.Text;
using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Media;

/// <summary>MP4, MOV, AVIF, HEIC (ISO/IEC 14496-12, section 4.2): boxes to the end of the file.</summary>
internal sealed class IsoReader : IContentReader
{
    private static readonly HashSet<string> Known = ["ftyp", "styp", "moov", "moof", "mdat", "meta", "free", "skip", "wide", "uuid", "udta", "mfra", "sidx", "ssix", "emsg", "prft", "pdin", "pnot", "PICT", "idat", "jumb", "mpvd"];

    public ContentKind Read(ScanItem item, ScanState state)
    {
        using var reader = new SourceReader(item.Source);
        var hasContent = false;
        while (reader.Remaining >= 8)
        {
            state.CancellationToken.ThrowIfCancellationRequested();
            var start = reader.Position;
            var length = (long)BinaryPrimitives.ReverseEndianness(reader.ReadUInt32());
            var type = Encoding.Latin1.GetString(reader.Window(4));
            if (!Known.Contains(type))
            {
                MediaEnd.Check(item, state, start);
                return hasContent ? ContentKind.Iso : throw new UnreadableException("no film or picture in it", 0);
            }

            var end = length switch
            {
                0 => item.Source.Length,
                1 => start + LongLength(reader, start),
                _ => start + length,
            };
            if (end < reader.Position || end > item.Source.Length) throw new UnreadableException($"a box {type} that ends at {end} in a file of {item.Source.Length} bytes", start);
            hasContent |= type is "moov" or "meta" or "moof";
            if (type is "free" or "skip" or "wide") MediaEnd.CheckPassedOver(item, state, reader.Position, end - reader.Position, $"{type} box");
            reader.Position = end;
        }

        if (!hasContent) throw new UnreadableException("no film or picture in it", 0);
        MediaEnd.Check(item, state, reader.Position);
        return ContentKind.Iso;
    }

    private static long LongLength(SourceReader reader, long start)
    {
        var length = BinaryPrimitives.ReverseEndianness(reader.ReadUInt64());
        return length <= (ulong)(reader.Length - start) ? (long)length : throw new UnreadableException($"a box of {length} bytes", start);
    }
}
