using System.Buffers;
using CivitaiDownloader.Scanning.Programs;

namespace CivitaiDownloader.Scanning.Content;

/// <summary>Looks through bytes that no reader claims for the beginning of something that runs or loads, so that a few bytes in front do not hide it.</summary>
internal static class EmbeddedMarks
{
    private const int SearchedBytes = 16 << 20, WindowBytes = 1 << 20, OverlapBytes = 64 << 10;

    // The first bytes of each, and what else has to be there. One that begins in a window is judged by what that window holds.
    private static readonly (byte[] Mark, Func<ReadOnlySpan<byte>, ContentKind?> Judge)[] Marks =
    [
        .. new byte[][] { "MZ"u8.ToArray(), "ZM"u8.ToArray(), [0x7f, .. "ELF"u8], [0xfe, 0xed, 0xfa], [0xce, 0xfa, 0xed, 0xfe], [0xcf, 0xfa, 0xed, 0xfe], [0xca, 0xfe, 0xba], [0xbe, 0xba, 0xfe, 0xca], "dex\n"u8.ToArray(), "\0asm"u8.ToArray(), [0x4c, 0, 0, 0, 0x01, 0x14, 0x02, 0] }
            .Select(mark => (mark, (Func<ReadOnlySpan<byte>, ContentKind?>)(bytes => ProgramMark.At(bytes)?.Kind))),
        (EicarTest.Mark, _ => ContentKind.EicarTest),
        ([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1], _ => ContentKind.Ole),
        ("PK\x03\x04"u8.ToArray(), bytes => IsZipHeader(bytes) ? ContentKind.Zip : null),
        ([0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c], _ => ContentKind.SevenZip),
        ("Rar!\x1a\x07"u8.ToArray(), _ => ContentKind.Rar),
        ([0xfd, .. "7zXZ\0"u8], _ => ContentKind.Xz),
        ([0x1f, 0x8b, 8], bytes => IsGzipHeader(bytes) ? ContentKind.Gzip : null),
        ([0x89, .. "HDF\r\n\x1a\n"u8], _ => ContentKind.Hdf5),
        ([0x93, .. "NUMPY"u8], _ => ContentKind.Npy),
        .. new byte[] { 1, 2, 3, 4, 5 }.Select(version => (new byte[] { 0x80, version }, (Func<ReadOnlySpan<byte>, ContentKind?>)(bytes => PickleOutline.IsOne(bytes) ? ContentKind.Pickle : null))),
    ];

    /// <summary>Looks through the first 16 MiB.</summary>
    /// <returns>The first one found and its place in <paramref name="source"/>.</returns>
    public static (ContentKind Kind, long Offset)? Find(ScanSource source, long start, long length)
    {
        var end = Math.Min(Math.Min(start + length, source.Length), start + SearchedBytes);
        var buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(end - start, 1, WindowBytes + OverlapBytes));
        try
        {
            for (var at = start; at < end; at += WindowBytes)
            {
                var read = source.Read(at, buffer.AsSpan(0, (int)Math.Min(buffer.Length, end - at)));
                if (Find(buffer.AsSpan(0, read), Math.Min(read, WindowBytes)) is { } found) return (found.Kind, at + found.Offset);
            }

            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static (ContentKind Kind, int Offset)? Find(ReadOnlySpan<byte> bytes, int starts)
    {
        (ContentKind Kind, int Offset)? first = null;
        foreach (var (mark, judge) in Marks)
        {
            // Nothing behind the first one found so far is of interest.
            var searched = bytes[..Math.Min(bytes.Length, (first?.Offset ?? starts) + mark.Length - 1)];
            for (int at = 0, next; at < searched.Length && (next = searched[at..].IndexOf(mark)) >= 0; at++)
            {
                at += next;
                if (judge(bytes[at..]) is not { } kind) continue;
                first = (kind, at);
                break;
            }
        }

        return first;
    }

    // APPNOTE 6.3.10, section 4.3.7: a version up to 6.3, a method that exists, a name.
    private static bool IsZipHeader(ReadOnlySpan<byte> bytes) => bytes.Length >= 30 && bytes[4] <= 63 && bytes[8] is <= 20 or (>= 93 and <= 99) && bytes[9] == 0 && (bytes[26] | bytes[27]) != 0 && bytes[27] < 16;

    // RFC 1952, section 2.3: no reserved flag, the two levels a compressor notes, a system from its list.
    private static bool IsGzipHeader(ReadOnlySpan<byte> bytes) => bytes.Length >= 18 && bytes[3] < 32 && bytes[8] is 0 or 2 or 4 && bytes[9] is <= 13 or 255;
}
