using System.IO.Hashing;
using System.Text;
using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Media;

/// <summary>PNG, third edition, section 5: chunks from IHDR to IEND, each with its checksum, and nothing behind.</summary>
internal sealed class PngReader : IContentReader
{
    private const int MarkBytes = 8, HeaderBytes = 13;

    // Section 11 and its registered extensions; what others write is passed over by decoders.
    private static readonly HashSet<string> Known =
    [
        "IHDR", "PLTE", "IDAT", "IEND", "acTL", "bKGD", "caBX", "cHRM", "cICP", "cLLI", "eXIf", "fcTL", "fdAT", "gAMA", "hIST", "iCCP", "iTXt", "mDCV", "oFFs", "pCAL", "pHYs", "sBIT", "sCAL", "sPLT", "sRGB", "tEXt", "tIME", "tRNS", "zTXt",
    ];

    public ContentKind Read(ScanItem item, ScanState state)
    {
        using var reader = new SourceReader(item.Source, MarkBytes);
        var hasPixels = false;
        for (var first = true; ; first = false)
        {
            state.CancellationToken.ThrowIfCancellationRequested();
            var start = reader.Position;
            var type = ReadChunk(reader, out var length);
            if (first != (type == "IHDR") || (first && length != HeaderBytes)) throw new UnreadableException($"{type} where IHDR belongs, or IHDR where it does not", start);
            hasPixels |= type == "IDAT";
            if (type == "IEND") break;
            if (!Known.Contains(type)) MediaEnd.CheckPassedOver(item, state, start + 8, length, $"{type} chunk");
        }

        if (!hasPixels) throw new UnreadableException("a picture without pixels", MarkBytes);
        MediaEnd.Check(item, state, reader.Position);
        return ContentKind.Png;
    }

    private static string ReadChunk(SourceReader reader, out long length)
    {
        var start = reader.Position;
        length = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(reader.ReadUInt32());
        var checksum = new Crc32();
        var name = reader.Window(4);
        foreach (var letter in name)
        {
            if (!char.IsAsciiLetter((char)letter)) throw new UnreadableException("a chunk whose type is no four letters", start);
        }

        var type = Encoding.ASCII.GetString(name);
        checksum.Append(name);
        if (length > reader.Remaining) throw new UnreadableException($"a chunk {type} of {length} bytes where {reader.Remaining} are left", start);
        for (var left = length; left > 0;)
        {
            var part = reader.PeekBuffered();
            part = part[..(int)Math.Min(part.Length, left)];
            checksum.Append(part);
            reader.Skip(part.Length);
            left -= part.Length;
        }

        var noted = System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(reader.ReadUInt32());
        return noted == checksum.GetCurrentHashAsUInt32() ? type : throw new UnreadableException($"the checksum of chunk {type} does not fit", start);
    }
}
