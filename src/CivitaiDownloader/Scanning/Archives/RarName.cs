using System.Text;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>Names of RAR archives before version 5: bytes of some code page, and behind a NUL how to make UTF-16 of them (unrar, encname.cpp).</summary>
internal static class RarName
{
    public static string Decode(byte[] name, bool isUnicode)
    {
        var end = name.AsSpan().IndexOf((byte)0);
        if (!isUnicode || end < 0) return Encoding.UTF8.GetString(name);
        var plain = name.AsSpan(0, end);
        return end + 2 > name.Length ? Encoding.UTF8.GetString(plain) : Unfold(plain, name.AsSpan(end + 1));
    }

    // Two bits for each letter say where its bytes come from; runs repeat the plain name.
    private static string Unfold(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> encoded)
    {
        var text = new StringBuilder();
        var high = encoded[0] << 8;
        var (at, flags, bits) = (1, 0, 0);
        while (at < encoded.Length)
        {
            if (bits == 0) (flags, bits) = (encoded[at++], 8);
            if (at >= encoded.Length) break;
            switch ((flags >> 6) & 3)
            {
                case 0:
                    text.Append((char)encoded[at++]);
                    break;
                case 1:
                    text.Append((char)(encoded[at++] | high));
                    break;
                case 2:
                    if (at + 1 >= encoded.Length) return text.ToString();
                    text.Append((char)(encoded[at] | (encoded[at + 1] << 8)));
                    at += 2;
                    break;
                default:
                    Repeat(plain, encoded, ref at, high, text);
                    break;
            }

            (flags, bits) = (flags << 2, bits - 2);
        }

        return text.ToString();
    }

    private static void Repeat(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> encoded, ref int at, int high, StringBuilder text)
    {
        var length = encoded[at++];
        var isShifted = (length & 0x80) != 0 && at < encoded.Length;
        var shift = isShifted ? encoded[at++] : 0;
        for (var count = (length & 0x7f) + 2; count > 0 && text.Length < plain.Length; count--)
        {
            var letter = plain[text.Length];
            text.Append((char)(isShifted ? ((letter + shift) & 0xff) | high : letter));
        }
    }
}
