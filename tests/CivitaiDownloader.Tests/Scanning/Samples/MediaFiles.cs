using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;

namespace CivitaiDownloader.Tests.Scanning.Samples;

/// <summary>The smallest whole files of each kind of picture, sound, film and document.</summary>
internal static class MediaFiles
{
    public static byte[] Gif { get; } = [.. "GIF89a"u8, 1, 0, 1, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255, 0x21, 0xfe, 5, .. "hello"u8, 0, 0x2c, 0, 0, 0, 0, 1, 0, 1, 0, 0, 2, 2, 0x44, 1, 0, 0x3b];

    public static byte[] Jpeg { get; } =
    [
        0xff, 0xd8, 0xff, 0xe0, 0, 16, .. "JFIF\0"u8, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0xff, 0xfe, 0, 7, .. "hello"u8, 0xff, 0xdb, 0, 67, 0, .. Enumerable.Repeat((byte)16, 64),
        0xff, 0xc0, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0, 0xff, 0xc4, 0, 20, 0, .. new byte[17], 0xff, 0xc4, 0, 20, 0x10, .. new byte[17],
        0xff, 0xdd, 0, 4, 0, 1, 0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 0x3f, 0xff, 0, 0xff, 0xd0, 0x3f, 0xff, 0xd9,
    ];

    public static byte[] WebP { get; } = Riff("WEBP", ("VP8L", [0x2f, 0, 0, 0, 0, 0x10, 7]));

    public static byte[] Wav { get; } = Riff("WAVE", ("fmt ", [1, 0, 1, 0, 0x44, 0xac, 0, 0, 0x88, 0x58, 1, 0, 2, 0, 16, 0]), ("data", new byte[8]));

    public static byte[] Mp4 { get; } = [.. Box("ftyp", "isom\0\0\0\0isommp42"u8), .. Box("free", new byte[8]), .. Box("moov", Box("mvhd", new byte[100])), 0, 0, 0, 1, .. "mdat"u8, 0, 0, 0, 0, 0, 0, 0, 24, .. new byte[8]];

    public static byte[] Avif { get; } = [.. Box("ftyp", "avif\0\0\0\0avifmif1"u8), .. Box("meta", new byte[40]), 0, 0, 0, 0, .. "mdat"u8, .. new byte[16]];

    public static byte[] WebM { get; } = [0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84, .. "webm"u8, 0x18, 0x53, 0x80, 0x67, 0x92, 0xec, 0x81, 0, 0x15, 0x49, 0xa9, 0x66, 0x80, 0x1f, 0x43, 0xb6, 0x75, 0x83, 0xe7, 0x81, 0, 0xec, 0x80];

    /// <summary>As live recordings are: neither the segment nor its cluster says how long it is.</summary>
    public static byte[] OpenWebM { get; } = [0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84, .. "webm"u8, 0x18, 0x53, 0x80, 0x67, 0x01, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x1f, 0x43, 0xb6, 0x75, 0xff, 0xe7, 0x81, 0, 0xa3, 0x84, 0x81, 0, 0, 0x80];

    private static byte[] Frame { get; } = [0xff, 0xfb, 0x90, 0x64, .. new byte[413]];

    public static byte[] Mp3 { get; } = [.. Frame, .. Frame];

    public static byte[] LabelledMp3 { get; } = [.. "ID3"u8, 4, 0, 0, 0, 0, 0, 20, .. new byte[20], .. Frame, .. Frame, .. "TAG"u8, .. new byte[125]];

    public static byte[] Png(params (string Type, byte[] Data)[] more)
    {
        var header = new byte[] { 0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0 };
        return [0x89, .. "PNG\r\n\x1a\n"u8, .. Chunk("IHDR", header), .. more.SelectMany(chunk => Chunk(chunk.Type, chunk.Data)), .. Chunk("IDAT", Deflated([0, 0])), .. Chunk("IEND", [])];
    }

    public static byte[] Pdf(string catalog = "") => Encoding.ASCII.GetBytes($"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R {catalog} >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n9\n%%EOF\n");

    public static byte[] PackedPdf(string objects)
    {
        var packed = Deflated(Encoding.ASCII.GetBytes(objects));
        return [.. "%PDF-1.5\n"u8, .. Encoding.ASCII.GetBytes($"1 0 obj\n<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length {packed.Length} >>\nstream\r\n"), .. packed, .. "\nendstream\nendobj\nstartxref\n9\n%%EOF\n"u8];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] named = [.. Encoding.ASCII.GetBytes(type), .. data];
        var bytes = new byte[4 + named.Length + 4];
        BinaryPrimitives.WriteInt32BigEndian(bytes, data.Length);
        named.CopyTo(bytes, 4);
        BinaryPrimitives.WriteUInt32BigEndian(bytes.AsSpan(4 + named.Length), Crc32.HashToUInt32(named));
        return bytes;
    }

    private static byte[] Deflated(byte[] bytes)
    {
        var packed = new MemoryStream();
        using (var packer = new ZLibStream(packed, CompressionMode.Compress)) packer.Write(bytes);
        return packed.ToArray();
    }

    private static byte[] Riff(string form, params (string Name, byte[] Data)[] chunks)
    {
        byte[] inside = [.. Encoding.ASCII.GetBytes(form), .. chunks.SelectMany(chunk => (byte[])[.. Encoding.ASCII.GetBytes(chunk.Name), .. BitConverter.GetBytes(chunk.Data.Length), .. chunk.Data, .. new byte[chunk.Data.Length % 2]])];
        return [.. "RIFF"u8, .. BitConverter.GetBytes(inside.Length), .. inside];
    }

    private static byte[] Box(string type, ReadOnlySpan<byte> data)
    {
        var bytes = new byte[8 + data.Length];
        BinaryPrimitives.WriteInt32BigEndian(bytes, bytes.Length);
        Encoding.ASCII.GetBytes(type).CopyTo(bytes, 4);
        data.CopyTo(bytes.AsSpan(8));
        return bytes;
    }
}
