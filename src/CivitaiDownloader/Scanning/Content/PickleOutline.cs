using System.Buffers.Binary;

namespace CivitaiDownloader.Scanning.Content;

/// <summary>Whether bytes can be walked as a pickle from PROTO to STOP and import something on the way. Judges nothing else: it finds pickles between other bytes.</summary>
internal static class PickleOutline
{
    private const int MostOpcodes = 4_000, LongestLine = 1_024, FewestOpcodes = 8;

    public static bool IsOne(ReadOnlySpan<byte> bytes)
    {
        if (bytes is not [0x80, <= 5, _, ..]) return false;
        var imports = false;
        var at = 2;
        for (var opcodes = 0; opcodes < MostOpcodes && at < bytes.Length; opcodes++)
        {
            var opcode = bytes[at++];
            if (opcode == (byte)'.') return imports || opcodes >= FewestOpcodes;
            imports |= opcode is (byte)'c' or (byte)'i' or 0x93;
            var argument = Argument(opcode, bytes[at..]);
            if (argument < 0 || argument > bytes.Length - at) return false;
            at += (int)argument;
        }

        return false;
    }

    /// <returns>Bytes of the opcode's argument; -1 when there is no such opcode, or it cannot be the argument.</returns>
    private static long Argument(byte opcode, ReadOnlySpan<byte> rest) => opcode switch
    {
        (byte)'(' or (byte)'0' or (byte)'1' or (byte)'2' or (byte)'N' or (byte)'Q' or (byte)'R' or (byte)'a' or (byte)'b' or (byte)'d' or (byte)'}' or (byte)'e' or (byte)'l' or (byte)']' or (byte)'o' or (byte)'s' or (byte)'t' or (byte)')' or (byte)'u' => 0,
        0x81 or (>= 0x85 and <= 0x89) or (>= 0x8f and <= 0x94) or 0x97 or 0x98 => 0,
        (byte)'K' or (byte)'h' or (byte)'q' or 0x82 => 1,
        (byte)'M' or 0x83 => 2,
        (byte)'J' or (byte)'j' or (byte)'r' or 0x84 => 4,
        (byte)'G' or 0x95 => 8,
        (byte)'U' or (byte)'C' or 0x8a or 0x8c => rest.Length < 1 ? -1 : 1 + rest[0],
        (byte)'T' or (byte)'X' or (byte)'B' or 0x8b => rest.Length < 4 ? -1 : 4L + BinaryPrimitives.ReadUInt32LittleEndian(rest),
        0x8d or 0x8e or 0x96 => rest.Length < 8 || BinaryPrimitives.ReadUInt64LittleEndian(rest) > int.MaxValue ? -1 : 8L + BinaryPrimitives.ReadInt64LittleEndian(rest),
        (byte)'F' or (byte)'I' or (byte)'L' or (byte)'P' or (byte)'S' or (byte)'V' or (byte)'g' or (byte)'p' => Lines(rest, 1),
        (byte)'c' or (byte)'i' => Lines(rest, 2),
        _ => -1,
    };

    private static int Lines(ReadOnlySpan<byte> rest, int count)
    {
        var length = 0;
        for (; count > 0; count--)
        {
            var line = rest[length..][..Math.Min(LongestLine, rest.Length - length)].IndexOf((byte)'\n');
            if (line < 0) return -1;
            length += line + 1;
        }

        return length;
    }
}
