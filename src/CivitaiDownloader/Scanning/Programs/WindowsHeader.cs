using System.Buffers.Binary;
using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Programs;

/// <summary>Programs, libraries and drivers of Windows (PE format, section 3), and the two kinds before it.</summary>
internal static class WindowsHeader
{
    private const int DynamicLibrary = 0x2000;

    public static ProgramMark? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 64 || !(bytes.StartsWith("MZ"u8) || bytes.StartsWith("ZM"u8))) return null;
        var place = BinaryPrimitives.ReadUInt32LittleEndian(bytes[60..]);
        return place > (uint)bytes.Length - 4 ? null : ReadSecond(bytes[(int)place..]);
    }

    /// <summary>The header that the first one points to.</summary>
    public static ProgramMark? ReadSecond(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith("NE"u8) || bytes.StartsWith("LE"u8) || bytes.StartsWith("LX"u8)) return new(ContentKind.Pe, "a Windows program of the older kind");
        if (bytes.Length < 4 || !bytes.StartsWith("PE\0\0"u8)) return null;
        if (bytes.Length < 24) return new(ContentKind.Pe, "a Windows program");
        var machine = BinaryPrimitives.ReadUInt16LittleEndian(bytes[4..]);
        var what = (BinaryPrimitives.ReadUInt16LittleEndian(bytes[22..]) & DynamicLibrary) == 0 ? "program" : "library";
        var made = machine switch { 0x14c => "x86", 0x8664 => "x86-64", 0x1c0 or 0x1c4 => "ARM", 0xaa64 => "ARM64", 0x200 => "Itanium", 0xebc => "EFI", _ => $"machine 0x{machine:x}" };
        return new(ContentKind.Pe, $"a Windows {what} for {made}");
    }
}
