using System.Buffers.Binary;
using CivitaiDownloader.Scanning.Media;
using CivitaiDownloader.Scanning.Programs;

namespace CivitaiDownloader.Scanning.Content;

/// <summary>The marks that formats begin with. A file may bear several; each is then read.</summary>
internal static class ContentMarks
{
    private const int HeadBytes = 1024;

    private static readonly (ContentKind Kind, byte[] Mark)[] Marks =
    [
        (ContentKind.Gguf, "GGUF"u8.ToArray()),
        (ContentKind.Gguf, "FUGG"u8.ToArray()), // big-endian machines
        (ContentKind.Npy, [0x93, .. "NUMPY"u8]),
        (ContentKind.SevenZip, [0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]),
        (ContentKind.Rar, "Rar!\x1a\x07"u8.ToArray()),
        (ContentKind.Gzip, [0x1f, 0x8b]),
        (ContentKind.Xz, [0xfd, .. "7zXZ\0"u8]),
        (ContentKind.Zstandard, [0x28, 0xb5, 0x2f, 0xfd]),
        (ContentKind.Lz4, [0x04, 0x22, 0x4d, 0x18]),
        (ContentKind.OtherArchive, "MSCF"u8.ToArray()),
        (ContentKind.OtherArchive, [0x60, 0xea]), // arj
        (ContentKind.OtherArchive, "07070"u8.ToArray()), // cpio
        (ContentKind.OtherArchive, "!<arch>\n"u8.ToArray()),
        (ContentKind.OtherArchive, "xar!"u8.ToArray()),
        (ContentKind.OtherArchive, "hsqs"u8.ToArray()), // SquashFS
        (ContentKind.Elf, [0x7f, .. "ELF"u8]),
        (ContentKind.MachO, [0xfe, 0xed, 0xfa, 0xce]),
        (ContentKind.MachO, [0xfe, 0xed, 0xfa, 0xcf]),
        (ContentKind.MachO, [0xce, 0xfa, 0xed, 0xfe]),
        (ContentKind.MachO, [0xcf, 0xfa, 0xed, 0xfe]),
        (ContentKind.MachO, [0xbe, 0xba, 0xfe, 0xca]),
        (ContentKind.Dex, "dex\n"u8.ToArray()),
        (ContentKind.WebAssembly, "\0asm"u8.ToArray()),
        (ContentKind.ShellLink, [0x4c, 0, 0, 0, 0x01, 0x14, 0x02, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46]),
        (ContentKind.Ole, [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
        (ContentKind.Png, [0x89, .. "PNG\r\n\x1a\n"u8]),
        (ContentKind.Jpeg, [0xff, 0xd8, 0xff]),
        (ContentKind.Gif, "GIF87a"u8.ToArray()),
        (ContentKind.Gif, "GIF89a"u8.ToArray()),
        (ContentKind.Matroska, [0x1a, 0x45, 0xdf, 0xa3]),
        (ContentKind.Mp3, "ID3"u8.ToArray()),
        (ContentKind.Pdf, "%PDF-"u8.ToArray()),
        (ContentKind.EicarTest, EicarTest.Mark),
    ];

    private static readonly byte[] HdfMark = [0x89, .. "HDF\r\n\x1a\n"u8];

    public static List<ContentKind> Of(ScanSource source)
    {
        var head = source.Peek(0, HeadBytes);
        var kinds = new List<ContentKind>();
        if (IsSafetensors(head, source.Length)) kinds.Add(ContentKind.Safetensors);
        foreach (var (kind, mark) in Marks)
        {
            if (head.AsSpan().StartsWith(mark) && !kinds.Contains(kind)) kinds.Add(kind);
        }

        if (head is [0x80, _, ..] && (head[1] <= 5 || LooksLikePickle(head))) kinds.Add(ContentKind.Pickle);
        if (head is [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..] or [(byte)'B', (byte)'Z', (byte)'h', _, 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, ..]) kinds.Add(ContentKind.Bzip2);
        if (IsZlib(head)) kinds.Add(ContentKind.Zlib);
        if (IsLzma(head)) kinds.Add(ContentKind.Lzma);
        if (IsPe(head, source)) kinds.Add(ContentKind.Pe);
        if (IsFatBinaryOrJava(head) is { } cafe) kinds.Add(cafe);
        if (head is [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, ..] && head.Length >= 12) kinds.Add(head.AsSpan(8, 4).SequenceEqual("WEBP"u8) ? ContentKind.WebP : ContentKind.Riff);
        if (head.Length >= 12 && head.AsSpan(4, 4).SequenceEqual("ftyp"u8)) kinds.Add(ContentKind.Iso);
        if (head.Length >= 512 && TarHeader.IsOne(head.AsSpan(0, 512))) kinds.Add(ContentKind.Tar);
        if (head is [_, _, (byte)'-', (byte)'l', (byte)'h' or (byte)'z', _, (byte)'-', ..]) kinds.Add(ContentKind.OtherArchive); // lha
        if (MpegFrame.Begins(source.Peek(0, 4096))) kinds.Add(ContentKind.Mp3);
        if (HasHdfSuperblock(source)) kinds.Add(ContentKind.Hdf5);
        if (ZipMark.IsZip(head, source)) kinds.Add(ContentKind.Zip);
        return kinds;
    }

    // A length and an object behind it. Files with another first byte are looked at when their name promises the format.
    private static bool IsSafetensors(ReadOnlySpan<byte> head, long length)
    {
        if (head.Length < 10) return false;
        var header = BinaryPrimitives.ReadUInt64LittleEndian(head);
        return header is >= 2 and <= 100_000_000 && (long)header <= length - 8 && head[8] is (byte)'{' or (byte)' ' or (byte)'\n' or (byte)'\t' or (byte)'\r' && head[8..].TrimStart(" \n\t\r"u8) is [(byte)'{', ..];
    }

    // PROTO and something a pickle goes on with; the version may be one that no loader takes.
    private static bool LooksLikePickle(ReadOnlySpan<byte> head) => head.Length > 2 && head[2] is 0x95 or (byte)'c' or (byte)']' or (byte)'}' or (byte)'(' or 0x8c or (byte)'X' or (byte)')';

    // RFC 1950, section 2.2: method 8, a window of at most 32 KiB, a check over both bytes; no preset dictionary.
    private static bool IsZlib(ReadOnlySpan<byte> head) => head.Length > 6 && (head[0] & 0x0f) == 8 && head[0] >> 4 <= 7 && ((head[0] << 8) | head[1]) % 31 == 0 && (head[1] & 0x20) == 0 && head[0] == 0x78;

    // The older .lzma: properties 93, a dictionary that is a power of two, and a length that is unknown or sensible.
    private static bool IsLzma(ReadOnlySpan<byte> head)
    {
        if (head.Length < 14 || head[0] != 0x5d) return false;
        var dictionary = BinaryPrimitives.ReadUInt32LittleEndian(head[1..]);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(head[5..]);
        return System.Numerics.BitOperations.IsPow2(dictionary) && dictionary >= 4096 && (length == ulong.MaxValue || length < 1UL << 40) && head[13] == 0;
    }

    private static bool IsPe(ReadOnlySpan<byte> head, ScanSource source)
    {
        if (head.Length < 64 || !(head.StartsWith("MZ"u8) || head.StartsWith("ZM"u8))) return false;
        var header = BinaryPrimitives.ReadUInt32LittleEndian(head[60..]);
        return source.Peek(header, 4) is [(byte)'P', (byte)'E', 0, 0] or [(byte)'N' or (byte)'L', (byte)'E' or (byte)'X', ..];
    }

    // Both begin alike: a fat binary counts few architectures where a class file has its version.
    private static ContentKind? IsFatBinaryOrJava(ReadOnlySpan<byte> head)
    {
        if (head.Length < 8 || !head.StartsWith((ReadOnlySpan<byte>)[0xca, 0xfe, 0xba])) return null;
        if (head[3] == 0xbf) return ContentKind.MachO;
        if (head[3] != 0xbe) return null;
        return BinaryPrimitives.ReadUInt32BigEndian(head[4..]) is > 0 and < 40 ? ContentKind.MachO : ContentKind.JavaClass;
    }

    // The superblock stands at 0, or behind a user block of 512, 1024, 2048 … bytes (HDF5 file format, II.A).
    private static bool HasHdfSuperblock(ScanSource source)
    {
        for (long at = 0; at < source.Length; at = at == 0 ? 512 : at * 2)
        {
            if (source.Peek(at, 8).AsSpan().SequenceEqual(HdfMark)) return true;
        }

        return false;
    }
}
