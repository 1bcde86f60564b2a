using System.Buffers.Binary;
using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Programs;

/// <summary>Programs, libraries and kernel modules of Linux and its kin (System V ABI, chapter 4).</summary>
internal static class ElfHeader
{
    private const int LastMachine = 0x200; // numbers given out so far end at 263

    // Linux looks at the mark, the type and the machine alone: class, byte order and version in front of them may be anything.
    public static ProgramMark? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < 20 || !bytes.StartsWith("\x7f"u8) || !bytes[1..].StartsWith("ELF"u8)) return null;
        return Read(BinaryPrimitives.ReadUInt16LittleEndian(bytes[16..]), BinaryPrimitives.ReadUInt16LittleEndian(bytes[18..]))
            ?? Read(BinaryPrimitives.ReadUInt16BigEndian(bytes[16..]), BinaryPrimitives.ReadUInt16BigEndian(bytes[18..]));
    }

    private static ProgramMark? Read(ushort type, ushort machine)
    {
        if (type is 0 or > 4 || machine is 0 or > LastMachine) return null;
        var what = type switch { 1 => "object", 2 => "program", 3 => "program or library", _ => "memory dump" };
        var made = machine switch { 3 => "x86", 8 => "MIPS", 20 or 21 => "PowerPC", 22 => "S/390", 40 => "ARM", 62 => "x86-64", 183 => "ARM64", 243 => "RISC-V", 247 => "BPF", 258 => "LoongArch", _ => $"machine {machine}" };
        return new(ContentKind.Elf, $"an ELF {what} for {made}");
    }
}
