using System.Text;
using System.Text.Json;

namespace CivitaiDownloader.Catalog.Reading;

/// <summary>
/// Parses an answer; where strict parsing fails, mends what Civitai is known to send wrong and tries once more: control characters inside strings,
/// numbers with leading zeros (a user name of digits without its quotes), bytes that are no UTF-8.
/// </summary>
internal static class JsonRepair
{
    private static readonly JsonDocumentOptions Lenient = new() { MaxDepth = 64 };

    /// <exception cref="JsonException">It is no JSON even then.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonDocument.Parse(WithoutMark(body), Lenient);
        }
        catch (JsonException)
        {
            return JsonDocument.Parse(Mend(WithoutMark(body).Span), Lenient);
        }
    }

    internal static byte[] Mend(ReadOnlySpan<byte> body)
    {
        var source = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body)); // what is no UTF-8 becomes U+FFFD
        var mended = new List<byte>(source.Length + 64);
        var inString = false;
        for (var i = 0; i < source.Length; i++)
        {
            var letter = source[i];
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

    private static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> body) => body.Span.StartsWith("\uFEFF"u8) ? body[3..] : body;

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
