namespace CivitaiDownloader.Scanning.Content;

/// <summary>Whether a program that reads zip archives would take these bytes for one: by the first header, or by the end of a directory near the end of the file.</summary>
internal static class ZipMark
{
    /// <summary>A comment of the greatest length and the record before it (APPNOTE 6.3.10, section 4.3.16).</summary>
    public const int LongestEnd = 65_535 + 22;

    private static ReadOnlySpan<byte> End => "PK\x05\x06"u8;

    public static bool IsZip(ReadOnlySpan<byte> head, ScanSource source) => head is [(byte)'P', (byte)'K', 3, 4, ..] or [(byte)'P', (byte)'K', 5, 6, ..] or [(byte)'P', (byte)'K', 7, 8, ..] || (head.StartsWith("PK00"u8) && head.Length > 8) || HasDirectory(source);

    /// <summary>Looks for a directory's end that a reader would believe: its comment ends with the file, and a directory lies before it.</summary>
    private static bool HasDirectory(ScanSource source)
    {
        var tail = source.Peek(Math.Max(0, source.Length - LongestEnd), LongestEnd);
        for (var at = tail.AsSpan().LastIndexOf(End); at >= 0; at = tail.AsSpan(0, at).LastIndexOf(End))
        {
            if (tail.Length - at < 22 || at + 22 + System.Buffers.Binary.BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 20)) != tail.Length) continue;
            var size = System.Buffers.Binary.BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 12));
            var place = source.Length - tail.Length + at;
            if (size == uint.MaxValue || (size >= 46 && size <= place && source.Peek(place - size, 4) is [(byte)'P', (byte)'K', 1, 2])) return true;
        }

        return false;
    }
}
