using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Pickles;

/// <summary>All bytes that a pickle holds as constants, found by walking its opcodes without running them.</summary>
internal static class ByteConstants
{
    /// <exception cref="UnreadableException">Between <paramref name="start"/> and <paramref name="end"/> stand other bytes than opcodes.</exception>
    public static IEnumerable<NestedConstant> Of(ScanSource source, long start, long end)
    {
        using var reader = new SourceReader(source.Slice(0, end), start);
        while (reader.Remaining > 0)
        {
            var opcode = (PickleOpcode)reader.ReadByte();
            var length = LengthAfter(opcode, reader);
            var at = reader.Position;
            if (length < 0 || length > reader.Remaining) yield break; // it broke off here
            reader.Skip(length);
            if (length > 1 && opcode is PickleOpcode.ShortBinBytes or PickleOpcode.BinBytes or PickleOpcode.BinBytes8 or PickleOpcode.ByteArray8) yield return new(at, length);
        }
    }

    private static long LengthAfter(PickleOpcode opcode, SourceReader reader) => opcode switch
    {
        PickleOpcode.ShortBinString or PickleOpcode.ShortBinUnicode or PickleOpcode.ShortBinBytes or PickleOpcode.Long1 => reader.ReadByte(),
        PickleOpcode.BinString or PickleOpcode.Long4 => reader.ReadInt32(),
        PickleOpcode.BinUnicode or PickleOpcode.BinBytes => reader.ReadUInt32(),
        PickleOpcode.BinUnicode8 or PickleOpcode.BinBytes8 or PickleOpcode.ByteArray8 => reader.ReadInt64(),
        PickleOpcode.BinInt1 or PickleOpcode.BinGet or PickleOpcode.BinPut or PickleOpcode.Proto or PickleOpcode.Ext1 => 1,
        PickleOpcode.BinInt2 or PickleOpcode.Ext2 => 2,
        PickleOpcode.BinInt or PickleOpcode.LongBinGet or PickleOpcode.LongBinPut or PickleOpcode.Ext4 => 4,
        PickleOpcode.BinFloat or PickleOpcode.Frame => 8,
        PickleOpcode.Int or PickleOpcode.Long or PickleOpcode.Float or PickleOpcode.String or PickleOpcode.Unicode or PickleOpcode.Get or PickleOpcode.Put or PickleOpcode.PersId => PassLines(reader, 1),
        PickleOpcode.Global or PickleOpcode.Inst => PassLines(reader, 2),
        _ => 0,
    };

    private static long PassLines(SourceReader reader, int lines)
    {
        while (lines > 0)
        {
            if (reader.TryReadByte() is var letter && letter < 0) return -1;
            if (letter == '\n') lines--;
        }

        return 0;
    }
}
