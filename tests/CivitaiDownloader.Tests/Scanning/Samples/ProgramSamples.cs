using System.Buffers.Binary;
using System.Text;

namespace CivitaiDownloader.Tests.Scanning.Samples;

/// <summary>Headers of programs without anything behind them: no system starts these.</summary>
internal static class ProgramSamples
{
    public static IEnumerable<Sample> All =>
    [
        new("program-native", "tool", Elf(type: 2, machine: 62)),
        new("program-native", "libtool.so", Elf(type: 3, machine: 183)),
        new("program-native", "model.safetensors", Elf(type: 2, machine: 40)),
        new("program-native", "strange-class.bin", [0x7f, .. "ELF"u8, .. "whatever1234"u8, 2, 0, 62, 0, .. new byte[32]]),
        new("program-native", "setup.exe", Windows(library: false)),
        new("program-native", "helper.dll", Windows(library: true)),
        new("program-native", "preview.png", Windows(library: false)),
        new("program-native", "tool.dylib", [0xcf, 0xfa, 0xed, 0xfe, 0x0c, 0, 0, 1, 0, 0, 0, 0, 6, .. new byte[19]]),
        new("program-native", "tool-universal", [0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 2, 1, 0, 0, 7, 0, 0, 0, 3, .. new byte[32]]),
        new("program-bytecode", "Main.class", [0xca, 0xfe, 0xba, 0xbe, 0, 0, 0, 65, 0, 10, .. new byte[16]]),
        new("program-bytecode", "classes.dex", [.. "dex\n035\0"u8, .. new byte[104]]),
        new("program-bytecode", "module.wasm", [.. "\0asm"u8, 1, 0, 0, 0]),
        new("program-shortcut", "model.lnk", [0x4c, 0, 0, 0, 0x01, 0x14, 0x02, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46, .. new byte[56]]),
        new("program-eicar", "test.txt", Eicar("")),
        new("program-eicar", "test.com", Eicar(" \r\n")),
        new("office-macro", "letter.doc", CompoundFile.With("Root Entry", "Macros", "VBA", "_VBA_PROJECT")),
        new("ole-document", "letter.doc", CompoundFile.With("Root Entry", "WordDocument")),
        new("ole-disguised", "model.ckpt", CompoundFile.With("Root Entry", "WordDocument")),
        new("ole-disguised", "picture.jpg", CompoundFile.With("Root Entry", "VBA")),
        new("unreadable", "broken.elf", [0x7f, .. "ELF"u8, 2, 1, 1, .. new byte[40]]),
    ];

    internal static byte[] Windows(bool library)
    {
        var bytes = new byte[256];
        "MZ"u8.CopyTo(bytes);
        bytes[60] = 128;
        "PE\0\0"u8.CopyTo(bytes.AsSpan(128));
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(132), 0x8664);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(150), (ushort)(library ? 0x2022 : 0x22));
        return bytes;
    }

    internal static byte[] Elf(byte type, byte machine) => [0x7f, .. "ELF"u8, 2, 1, 1, 0, .. new byte[8], type, 0, machine, 0, 1, 0, 0, 0, .. new byte[40]];

    // Put together here, so that the test's own program is not taken for it.
    internal static byte[] Eicar(string behind) => Encoding.ASCII.GetBytes(string.Concat(@"X5O!P%@AP[4\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-", "FILE!$H+H*", behind));
}
