using System.Buffers.Binary;
using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Programs;

/// <summary>What virtual machines run, and shortcuts, which say to Windows what to run.</summary>
internal static class ByteCodeHeader
{
    private const int OldestJava = 45, NewestJava = 99, ExperimentalJava = 65_535;

    // [MS-SHLLINK], section 2.1: the header's size and its class identifier.
    private static ReadOnlySpan<byte> ShortcutMark => [0x4c, 0, 0, 0, 0x01, 0x14, 0x02, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46];

    public static ProgramMark? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(ShortcutMark)) return new(ContentKind.ShellLink, "a Windows shortcut");
        if (IsDex(bytes)) return new(ContentKind.Dex, "Android byte code");
        if (bytes.StartsWith("\0asm"u8) && bytes.Length >= 8 && bytes[4] is 1 or 0x0d && bytes[5] == 0 && bytes[6] <= 1 && bytes[7] == 0) return new(ContentKind.WebAssembly, "a WebAssembly module");
        return IsJava(bytes) ? new(ContentKind.JavaClass, "a Java class") : null;
    }

    // Dalvik executable format: a version of three digits and a zero.
    private static bool IsDex(ReadOnlySpan<byte> bytes) => bytes.Length >= 8 && bytes.StartsWith("dex\n"u8) && bytes[7] == 0 && !bytes[4..7].ContainsAnyExceptInRange((byte)'0', (byte)'9');

    // Java virtual machine specification, section 4.1: since version 56 the minor version is 0 or 65535.
    private static bool IsJava(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= 10 && BinaryPrimitives.ReadUInt32BigEndian(bytes) == 0xcafebabe
        && BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]) is <= 3 or ExperimentalJava
        && BinaryPrimitives.ReadUInt16BigEndian(bytes[6..]) is >= OldestJava and <= NewestJava
        && BinaryPrimitives.ReadUInt16BigEndian(bytes[8..]) > 0;
}
