using System.Buffers.Binary;
using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Programs;

/// <summary>Programs and libraries of macOS and iOS (mach-o/loader.h, mach-o/fat.h), for one architecture or several.</summary>
internal static class MachHeader
{
    private const uint Thin32 = 0xfeedface, Thin64 = 0xfeedfacf, Fat32 = 0xcafebabe, Fat64 = 0xcafebabf;
    private const int LastFileType = 16, MostArchitectures = 40;

    public static ProgramMark? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 16) return null;
        return Read(BinaryPrimitives.ReadUInt32BigEndian(bytes), Numbers(bytes, BinaryPrimitives.ReadUInt32BigEndian)) ?? Read(BinaryPrimitives.ReadUInt32LittleEndian(bytes), Numbers(bytes, BinaryPrimitives.ReadUInt32LittleEndian));
    }

    private delegate uint ReadNumber(ReadOnlySpan<byte> bytes);

    private static (uint First, uint Second, uint Third) Numbers(ReadOnlySpan<byte> bytes, ReadNumber read) => (read(bytes[4..]), read(bytes[8..]), read(bytes[12..]));

    private static ProgramMark? Read(uint mark, (uint First, uint Second, uint Third) numbers) => mark switch
    {
        Thin32 or Thin64 when Processor(numbers.First) is { } processor && numbers.Third is > 0 and <= LastFileType => new(ContentKind.MachO, $"a Mach-O {(numbers.Third is 2 ? "program" : "file")} for {processor}"),
        Fat32 or Fat64 when numbers.First is > 0 and < MostArchitectures && Processor(numbers.Second) is { } processor => new(ContentKind.MachO, $"a Mach-O file for {processor}{(numbers.First > 1 ? $" and {numbers.First - 1} more" : "")}"),
        _ => null,
    };

    // mach/machine.h; the highest byte says how wide its addresses are.
    private static string? Processor(uint number) => number switch
    {
        7 => "x86",
        0x01000007 => "x86-64",
        12 => "ARM",
        0x0100000c or 0x0200000c => "ARM64",
        18 => "PowerPC",
        0x01000012 => "PowerPC 64",
        1 or 6 or 8 or 10 or 11 or 13 or 14 or 15 or 16 => $"processor {number}",
        _ => null,
    };
}
