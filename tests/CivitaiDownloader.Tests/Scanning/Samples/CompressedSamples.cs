using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace CivitaiDownloader.Tests.Scanning.Samples;

internal static class CompressedSamples
{
    private static readonly byte[] Text = "hi there, hi there, hi there"u8.ToArray();

    public static IEnumerable<Sample> All =>
    [
        new(null, "text.txt.gz", Gzip(Text)),
        new(null, "two.txt.gz", [.. Gzip(Text), .. Gzip(Text)]),
        new(null, "padded.txt.gz", [.. Gzip(Text), .. new byte[512]]),
        new(null, "text.txt.z", Zlib(Text)),
        new(null, "text.txt.xz", Xz(Text)),
        new(null, "two.txt.xz", [.. Xz(Text), .. new byte[4], .. Xz(Text)]),
        new(null, "text.txt.zst", Zstandard(Text)),
        new(null, "text.txt.lz4", Lz4(Text)),
        new(null, "in-archive.tgz", Gzip(new TarBytes().File("a.txt", "hi").End())),
        new("unreadable", "checksum.txt.gz", Broken(Gzip(Text), ^5)),
        new("unreadable", "length.txt.gz", Broken(Gzip(Text), ^1)),
        new("unreadable", "cut.txt.gz", Gzip(Text)[..^12]),
        new("unreadable", "flags.txt.gz", Broken(Gzip(Text), 3)),
        new("unreadable", "checksum.txt.z", Broken(Zlib(Text), ^1)),
        new("unreadable", "cut.txt.z", Zlib(Text)[..^6]),
        new("unreadable", "check.txt.xz", Broken(Xz(Text), 57)),
        new("unreadable", "index.txt.xz", Broken(Xz(Text), ^17)),
        new("unreadable", "cut.txt.xz", Xz(Text)[..^30]),
        new("unreadable", "cut.txt.zst", Zstandard(Text)[..^2]),
        new("unreadable", "cut.txt.lz4", Lz4(Text)[..^6]),
        new("unreadable", "header.txt.lz4", Broken(Lz4(Text), 6)),
        new("hidden-data", "behind.txt.gz", [.. Gzip(Text), 0xfe, 0xff, 0xfd]),
        new("hidden-data", "behind.txt.z", [.. Zlib(Text), 0xfe, 0xff, 0xfd]),
        new("hidden-data", "behind.txt.xz", [.. Xz(Text), 0xfe, 0xff, 0xfd]),
        new("hidden-data", "behind.txt.zst", [.. Zstandard(Text), 0xfe, 0xff, 0xfd]),
        new("hidden-data", "skipped.txt.zst", [.. Zstandard(Text), 0x50, 0x2a, 0x4d, 0x18, 3, 0, 0, 0, 0xfe, 0xff, 0xfd]),
        new("hidden-data", "behind.txt.lz4", [.. Lz4(Text), 0xfe, 0xff, 0xfd]),
        new("hidden-file", "behind-is-gzip-of.tar.gz", [.. Gzip(new TarBytes().File("a.txt", "hi").End()), .. new byte[8], .. new TarBytes().File("b.txt", "ho").End()]),
        new("archive-traversal", "named.txt.gz", [0x1f, 0x8b, 8, 8, .. new byte[6], .. "../a.txt\0"u8, .. Gzip(Text)[10..]]),
        new("archive-not-examined", "dictionary.txt.zst", [0x28, 0xb5, 0x2f, 0xfd, 0x21, 7, 1, 1, 0, 0]),
        new("archive-not-examined", "filter.txt.xz", XzWithFilter()),
        new("decompression-bomb", "zeros.txt.gz", Gzip([.. Enumerable.Repeat((byte)'a', 12_000_000)])),
        new("limit-reached", "dictionary-of-gigabytes.txt.zst", [0x28, 0xb5, 0x2f, 0xfd, 0, 0xf8, 1, 0, 0]),
    ];

    public static byte[] Gzip(byte[] content) => Packed(content, stream => new GZipStream(stream, CompressionLevel.Optimal));

    public static byte[] Zlib(byte[] content) => Packed(content, stream => new ZLibStream(stream, CompressionLevel.Optimal));

    // One stored chunk in one block: LZMA2 needs no more.
    public static byte[] Xz(byte[] content)
    {
        byte[] chunk = [1, (byte)((content.Length - 1) >> 8), (byte)(content.Length - 1), .. content, 0];
        byte[] header = [0x02, 0, 0x21, 1, 0, 0, 0, 0];
        byte[] block = [.. header, .. Checksum(header), .. chunk];
        byte[] index = [0, 1, (byte)(block.Length + 4), (byte)content.Length];
        return XzStream([.. block, .. new byte[(4 - (block.Length % 4)) % 4], .. Checksum(content)], index);
    }

    public static byte[] Zstandard(byte[] content) => [0x28, 0xb5, 0x2f, 0xfd, 0x20, (byte)content.Length, (byte)((content.Length << 3) | 1), (byte)(content.Length >> 5), 0, .. content];

    public static byte[] Lz4(byte[] content)
    {
        byte[] descriptor = [0x60, 0x40];
        return [4, 0x22, 0x4d, 0x18, .. descriptor, (byte)(XxHash32.HashToUInt32(descriptor) >> 8), (byte)content.Length, 0, 0, 0x80, .. content, 0, 0, 0, 0];
    }

    // A filter for programs of one processor in front of LZMA2.
    private static byte[] XzWithFilter()
    {
        byte[] header = [0x02, 1, 0x04, 0, 0x21, 1, 0, 0];
        return XzStream([.. header, .. Checksum(header), 0, 0, 0, 0], [0, 0, 0, 0]);
    }

    private static byte[] XzStream(byte[] blocks, byte[] index)
    {
        byte[] flags = [0, 1], size = [1, 0, 0, 0, .. flags];
        return [0xfd, .. "7zXZ\0"u8, .. flags, .. Checksum(flags), .. blocks, .. index, .. Checksum(index), .. Checksum(size), .. size, .. "YZ"u8];
    }

    private static byte[] Checksum(byte[] bytes)
    {
        var checksum = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(checksum, Crc32.HashToUInt32(bytes));
        return checksum;
    }

    private static byte[] Broken(byte[] bytes, Index at)
    {
        bytes[at] ^= 0xe0;
        return bytes;
    }

    private static byte[] Packed(byte[] content, Func<Stream, Stream> packer)
    {
        var packed = new MemoryStream();
        using (var stream = packer(packed)) stream.Write(content);
        return packed.ToArray();
    }
}
