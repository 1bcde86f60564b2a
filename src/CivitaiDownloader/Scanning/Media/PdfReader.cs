using System.IO.Compression;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Scanning.Media;

/// <summary>PDF (ISO 32000-1): its end, and the names of what acts when it is opened, inside of object streams as well.</summary>
internal sealed class PdfReader : IContentReader
{
    private const int MostBytes = 24 << 20, MostStreams = 4_096, LongestDictionary = 4_096;

    public ContentKind Read(ScanItem item, ScanState state)
    {
        if (item.Source.Length > MostBytes)
        {
            state.Report(CoreRules.Limit, item, $"a document of more than {MostBytes} bytes");
            return ContentKind.Pdf;
        }

        var bytes = item.Source.Peek(0, MostBytes);
        var names = PdfNames.Of(bytes);
        var active = names.Active ?? (names.HasObjectStreams ? InObjectStreams(bytes, state) : null);
        if (active is not null) state.Report(MediaRules.ActivePdf, item, $"a document with /{active}", element: active);
        CheckEnd(bytes, item, state);
        return ContentKind.Pdf;
    }

    // Section 7.5.5: the last line is %%EOF.
    private static void CheckEnd(ReadOnlySpan<byte> bytes, ScanItem item, ScanState state)
    {
        var end = bytes.LastIndexOf("%%EOF"u8);
        if (end < 0) throw new UnreadableException("a document without an end", bytes.Length);
        var behind = bytes[(end + 5)..].TrimStart("\r\n\t \f\0"u8);
        Leftover.Check(item, state, bytes.Length - behind.Length, behind.Length, "behind its end");
    }

    // Section 7.5.7: objects that are packed, mostly deflated. What is packed otherwise cannot be examined.
    private static string? InObjectStreams(byte[] bytes, ScanState state)
    {
        var at = 0;
        for (var streams = 0; streams < MostStreams; streams++)
        {
            var next = bytes.AsSpan(at).IndexOf("/ObjStm"u8);
            if (next < 0) return streams == 0 ? "ObjStm" : null; // written so that it is not found
            at += next + 7;
            var start = bytes.AsSpan(at, Math.Min(LongestDictionary, bytes.Length - at)).IndexOf("stream"u8);
            if (start < 0) return "ObjStm";
            var data = at + start + 6;
            while (data < bytes.Length && bytes[data] is (byte)'\r' or (byte)'\n') data++;
            if (InStream(bytes, data, state) is { } active) return active;
        }

        return "ObjStm";
    }

    private static string? InStream(byte[] bytes, int start, ScanState state)
    {
        try
        {
            using var packed = new ZLibStream(new MemoryStream(bytes, start, bytes.Length - start, writable: false), CompressionMode.Decompress);
            using var unpacked = UnpackedSource.Unpack(packed, state);
            return PdfNames.Of(unpacked.Peek(0, MostBytes)).Active ?? (unpacked.Length > MostBytes ? "ObjStm" : null);
        }
        catch (InvalidDataException)
        {
            return "ObjStm";
        }
    }
}
