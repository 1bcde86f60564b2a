using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace CivitaiDownloader.Catalog.Reading;

/// <summary>
/// Parses an answer; where strict parsing fails, mends what Civitai is known to send wrong and tries once more: control characters inside strings,
/// numbers with leading zeros (a user name of digits without its quotes), bytes that are no UTF-8, halves of surrogate pairs.
/// </summary>
internal static class JsonRepair
{
    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = 64 };

    /// <exception cref="JsonException">It is no JSON even then.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            if (IsText(body.Span)) return JsonDocument.Parse(WithoutMark(body), Lenient);
        }
        catch (JsonException)
        {
            // It is mended below.
        }

        return JsonDocument.Parse(Mend(WithoutMark(body).Span), Lenient);
    }

    /// <summary>Whether every string in it can be given as text: the parser itself lets broken UTF-8 and halves of surrogate pairs pass, and fails when they are read.</summary>
    internal static bool IsText(ReadOnlySpan<byte> body) =>
        Utf8.IsValid(body) && ((body.IndexOf("\\ud"u8) < 0 && body.IndexOf("\\uD"u8) < 0) || !HasLoneSurrogate(body));

    // Whole pairs are written as escapes by ASCII-only servers; nearly all answers have none at all.
    private static bool HasLoneSurrogate(ReadOnlySpan<byte> body)
    {
        for (var at = 0; at < body.Length;)
        {
            var next = body[at..].IndexOf((byte)'\\');
            if (next < 0) return false;
            at += next;
            if (Surrogate(body[at..]) is not { } unit) at += 2; // the escape and its letter: a backslash that is itself escaped begins nothing
            else if (IsPair(body, at, unit)) at += 12;
            else return true;
        }

        return false;
    }

    private static bool IsPair(ReadOnlySpan<byte> body, int at, int unit) => unit < 0xDC00 && body.Length >= at + 12 && Surrogate(body[(at + 6)..]) >= 0xDC00;

    /// <summary>The surrogate that <c>\uD…</c> at the beginning names; null for anything else.</summary>
    private static int? Surrogate(ReadOnlySpan<byte> text) =>
        text.Length >= 6 && text[0] == '\\' && text[1] == 'u' && text[2] is (byte)'d' or (byte)'D' && Utf8Parser.TryParse(text[2..6], out ushort unit, out var used, 'x') && used == 4 && char.IsSurrogate((char)unit) ? unit : null;

    internal static byte[] Mend(ReadOnlySpan<byte> body)
    {
        var source = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body)); // what is no UTF-8 becomes U+FFFD
        var mended = new List<byte>(source.Length + 64);
        var inString = false;
        for (var i = 0; i < source.Length; i++)
        {
            var letter = source[i];
            if (inString && letter == '\\' && Surrogate(source.AsSpan(i)) is { } unit)
            {
                var isPair = IsPair(source, i, unit);
                mended.AddRange(isPair ? source.AsSpan(i, 12) : "\\uFFFD"u8);
                i += isPair ? 11 : 5;
                continue;
            }

            if (inString && letter == '\\' && i + 1 < source.Length && source[i + 1] >= 0x20)
            {
                mended.Add(letter);
                mended.Add(source[++i]);
                continue;
            }

            if (letter == '"') inString = !inString;
            if (inString && letter < 0x20) AddEscape(mended, letter);
            else if (!inString && letter == '0' && StartsNumber(source, i) && i + 1 < source.Length && char.IsAsciiDigit((char)source[i + 1])) i = AddQuoted(mended, source, i);
            else mended.Add(letter);
        }

        return [.. mended];
    }

    internal static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) => body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;

    private static bool StartsNumber(byte[] source, int at) => at == 0 || source[at - 1] is (byte)':' or (byte)',' or (byte)'[' or (byte)' ' or (byte)'\n' or (byte)'\t';

    private static void AddEscape(List<byte> mended, byte letter) => mended.AddRange(Encoding.ASCII.GetBytes($"\\u{(int)letter:x4}"));

    private static int AddQuoted(List<byte> mended, byte[] source, int at)
    {
        mended.Add((byte)'"');
        while (at < source.Length && char.IsAsciiDigit((char)source[at])) mended.Add(source[at++]);
        mended.Add((byte)'"');
        return at - 1;
    }
}
