namespace CivitaiDownloader.Scanning.Pickles;

/// <summary>A constant that may be a file of its own.</summary>
/// <param name="Content">Set when it stands in the pickle as text, from which its bytes are made.</param>
internal readonly record struct NestedConstant(long Start, long Length, byte[]? Content = null);

/// <summary>Which constants are worth looking into: what a loader inside the pickle would take for a pickle, an archive or a compressed stream.</summary>
internal static class NestedConstants
{
    // Opcodes that a pickle of the oldest protocols begins with. All others need something on the stack.
    private static readonly System.Buffers.SearchValues<byte> Beginnings = System.Buffers.SearchValues.Create("c(]})IJKLMNFGSTUVXBCP"u8);

    /// <param name="head">Its first bytes, at least 16 where it has so many and they are at hand.</param>
    public static bool MayBeFile(ReadOnlySpan<byte> head, long length)
    {
        if (head.Length < 2) return false;
        return head[0] switch
        {
            0x80 => head[1] <= 5,
            (byte)'P' when head[1] == 'K' => true,
            0x1f => head[1] == 0x8b,
            0x78 => head[1] is 0x01 or 0x5e or 0x9c or 0xda,
            0xfd or 0x7f or (byte)'7' or (byte)'R' or (byte)'M' or (byte)'B' when IsMark(head) => true,
            _ => Beginnings.Contains(head[0]) && length <= head.Length && length > 6 && head[(int)length - 1] == '.' && IsOldPickle(head[..(int)length]),
        };
    }

    private static bool IsMark(ReadOnlySpan<byte> head) => head.StartsWith((ReadOnlySpan<byte>)[0xfd, (byte)'7', (byte)'z']) || head.StartsWith((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F'])
        || head.StartsWith((ReadOnlySpan<byte>)[(byte)'7', (byte)'z', 0xbc, 0xaf]) || head.StartsWith("Rar!"u8) || head.StartsWith((ReadOnlySpan<byte>)[(byte)'M', (byte)'Z', 0x90]) || head.StartsWith("BZh"u8);

    // Ends with STOP, and imports something by two lines.
    private static bool IsOldPickle(ReadOnlySpan<byte> whole)
    {
        for (var at = 0; at < whole.Length - 4; at++)
        {
            if (whole[at] is (byte)'c' or (byte)'i' && IsNameLine(whole[(at + 1)..], out var length) && IsNameLine(whole[(at + 2 + length)..], out _)) return true;
        }

        return false;
    }

    private static bool IsNameLine(ReadOnlySpan<byte> text, out int length)
    {
        length = text.IndexOf((byte)'\n');
        return length is > 0 and < 200 && !text[..length].ContainsAnyExcept(NameBytes);
    }

    private static readonly System.Buffers.SearchValues<byte> NameBytes = System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_."u8);
}
