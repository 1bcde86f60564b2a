using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CivitaiDownloader.Scanning.Texts;

/// <summary>Texts as Python's reader would have them, which takes halves of surrogates and bytes that are no UTF-8 where ours refuses.</summary>
internal static class JsonText
{
    public static string Of(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString() ?? "";
        }
        catch (InvalidOperationException)
        {
            return Unescape(Encoding.UTF8.GetString(reader.ValueSpan));
        }
    }

    private static string Unescape(string raw)
    {
        var text = new StringBuilder(raw.Length);
        for (var at = 0; at < raw.Length; at++)
        {
            if (raw[at] != '\\' || at + 1 >= raw.Length)
            {
                text.Append(raw[at]);
            }
            else if (raw[++at] == 'u' && at + 4 < raw.Length && ushort.TryParse(raw.AsSpan(at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code))
            {
                text.Append((char)code);
                at += 4;
            }
            else
            {
                text.Append(raw[at] switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', var other => other });
            }
        }

        return text.ToString();
    }
}
