using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Pickles;

/// <summary>Reads the text of a constant from where its opcode stands, exactly as the interpreter makes it. Names are short: what is longer than <see cref="Longest"/> is none.</summary>
internal static class PickleText
{
    public const int Longest = 4096;

    private const int LongestBytes = 8 << 20;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <returns>Null when it is too long, or bytes that are no text.</returns>
    public static string? Read(ScanSource source, long opcodeAt)
    {
        var head = source.Peek(opcodeAt, Longest + 16).AsSpan();
        if (head.IsEmpty) return null;
        return (PickleOpcode)head[0] switch
        {
            PickleOpcode.ShortBinUnicode => Counted(head, 1, head.Length > 1 ? head[1] : 0UL),
            PickleOpcode.BinUnicode => Counted(head, 4, head.Length > 4 ? BinaryPrimitives.ReadUInt32LittleEndian(head[1..]) : 0UL),
            PickleOpcode.BinUnicode8 => Counted(head, 8, head.Length > 8 ? BinaryPrimitives.ReadUInt64LittleEndian(head[1..]) : 0),
            PickleOpcode.ShortBinString => Bytes(head, 1, head.Length > 1 ? head[1] : 0UL),
            PickleOpcode.BinString => Bytes(head, 4, head.Length > 4 ? BinaryPrimitives.ReadUInt32LittleEndian(head[1..]) : 0UL),
            PickleOpcode.Unicode => Line(head) is { } line ? RawUnicodeEscape(line) : null,
            PickleOpcode.String => Line(head) is { } line ? Quoted(line) : null,
            _ => null,
        };
    }

    /// <summary>The bytes that a counted text stands for when its letters are taken as bytes (latin-1).</summary>
    /// <returns>Null when it is no such text, or longer than 8 MiB.</returns>
    public static byte[]? ReadBytes(ScanSource source, long opcodeAt)
    {
        var head = source.Peek(opcodeAt, 9).AsSpan();
        if (head.Length < 2) return null;
        if (head[0] == (byte)PickleOpcode.Unicode)
        {
            var line = source.Peek(opcodeAt + 1, LongestBytes).AsSpan();
            var end = line.IndexOf((byte)'\n');
            return end >= 0 && RawUnicodeEscape(line[..end]) is { } escaped ? Encoding.Latin1.GetBytes(escaped) : null;
        }

        var (width, length) = (PickleOpcode)head[0] switch
        {
            PickleOpcode.ShortBinUnicode => (1, (ulong)head[1]),
            PickleOpcode.BinUnicode when head.Length >= 5 => (4, BinaryPrimitives.ReadUInt32LittleEndian(head[1..])),
            PickleOpcode.BinUnicode8 when head.Length >= 9 => (8, BinaryPrimitives.ReadUInt64LittleEndian(head[1..])),
            _ => (0, ulong.MaxValue),
        };
        return length <= LongestBytes && Utf8(source.Peek(opcodeAt + 1 + width, (int)length)) is { } text ? Encoding.Latin1.GetBytes(text) : null;
    }

    /// <summary>UTF-8 as the interpreter takes it, lone surrogates included; null where it is none.</summary>
    public static string? Utf8(ReadOnlySpan<byte> bytes)
    {
        try
        {
            return Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>The text of a quoted STRING line; null when its quotes or escapes are refused.</summary>
    public static string? Quoted(ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd(" \t\r\n\v\f"u8);
        if (line.Length < 2 || line[0] is not ((byte)'\'' or (byte)'"') || line[^1] != line[0]) return null;
        return Escaped(line[1..^1]);
    }

    private static string? Counted(ReadOnlySpan<byte> head, int width, ulong length) => length <= Longest && head.Length >= 1 + width + (int)length ? Utf8(head.Slice(1 + width, (int)length)) : null;

    // Text of the old interpreter: ASCII unless the caller says otherwise, and callers say latin-1.
    private static string? Bytes(ReadOnlySpan<byte> head, int width, ulong length) => length <= Longest && head.Length >= 1 + width + (int)length ? Encoding.Latin1.GetString(head.Slice(1 + width, (int)length)) : null;

    private static byte[]? Line(ReadOnlySpan<byte> head)
    {
        var end = head.IndexOf((byte)'\n');
        return end < 0 ? null : head[1..end].ToArray();
    }

    private static string? RawUnicodeEscape(ReadOnlySpan<byte> line)
    {
        var text = new StringBuilder(line.Length);
        for (var at = 0; at < line.Length; at++)
        {
            var digits = line[at] == '\\' && at + 1 < line.Length ? line[at + 1] switch { (byte)'u' => 4, (byte)'U' => 8, _ => 0 } : 0;
            if (digits == 0)
            {
                text.Append((char)line[at]);
                continue;
            }

            if (at + 2 + digits > line.Length || !uint.TryParse(line.Slice(at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point) || point > 0x10ffff) return null;
            if (point > 0xffff) text.Append(char.ConvertFromUtf32((int)point));
            else text.Append((char)point);
            at += 1 + digits;
        }

        return text.ToString();
    }

    // The escapes of a byte string literal; one that is not known stays as it is.
    private static string? Escaped(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        for (var at = 0; at < bytes.Length; at++)
        {
            if (bytes[at] != '\\' || at + 1 == bytes.Length)
            {
                text.Append((char)bytes[at]);
                continue;
            }

            var letter = bytes[++at];
            switch (letter)
            {
                case (byte)'\n': break;
                case (byte)'\\' or (byte)'\'' or (byte)'"': text.Append((char)letter); break;
                case (byte)'a': text.Append('\a'); break;
                case (byte)'b': text.Append('\b'); break;
                case (byte)'t': text.Append('\t'); break;
                case (byte)'n': text.Append('\n'); break;
                case (byte)'r': text.Append('\r'); break;
                case (byte)'f': text.Append('\f'); break;
                case (byte)'v': text.Append('\v'); break;
                case (byte)'x':
                    if (at + 2 >= bytes.Length || !byte.TryParse(bytes.Slice(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)) return null;
                    text.Append((char)value);
                    at += 2;
                    break;
                case >= (byte)'0' and <= (byte)'7':
                    var octal = letter - '0';
                    for (var more = 0; more < 2 && at + 1 < bytes.Length && bytes[at + 1] is >= (byte)'0' and <= (byte)'7'; more++) octal = (octal * 8) + (bytes[++at] - '0');
                    text.Append((char)(octal & 0xff));
                    break;
                default: text.Append('\\').Append((char)letter); break;
            }
        }

        return text.ToString();
    }
}
