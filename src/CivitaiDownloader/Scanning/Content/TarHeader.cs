namespace CivitaiDownloader.Scanning.Content;

/// <summary>Whether 512 bytes are a tar header: their checksum says so, or the mark of the newer kinds (POSIX.1-2017, pax, "ustar Interchange Format").</summary>
internal static class TarHeader
{
    public static bool IsOne(ReadOnlySpan<byte> block) => HasMark(block) || (HasChecksum(block) && block[0] != 0);

    public static bool HasMark(ReadOnlySpan<byte> block) => block.Slice(257, 5).SequenceEqual("ustar"u8);

    /// <summary>The sum of all bytes, the checksum's own counted as spaces; old programs summed them signed.</summary>
    public static bool HasChecksum(ReadOnlySpan<byte> block)
    {
        var field = block.Slice(148, 8);
        var (given, digits) = (0, 0);
        foreach (var letter in field.TrimStart((byte)' '))
        {
            if (letter is < (byte)'0' or > (byte)'7') break;
            (given, digits) = ((given * 8) + (letter - '0'), digits + 1);
        }

        if (digits == 0) return false;
        var (unsigned, signed) = (0, 0);
        for (var index = 0; index < 512; index++)
        {
            var value = index is >= 148 and < 156 ? (byte)' ' : block[index];
            unsigned += value;
            signed += unchecked((sbyte)value);
        }

        return given == unsigned || given == signed;
    }
}
