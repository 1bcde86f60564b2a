using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CivitaiDownloader.Tests.Audit;

/// <summary>Verifies an export by docs/formats/audit.md alone: nothing of the program is used.</summary>
internal static class IndependentCheck
{
    /// <returns>The number of the first record that does not fit; null when all do.</returns>
    public static long? FirstDamaged(string lines)
    {
        var previous = new string('0', 64);
        long number = 0;
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            number++;
            using var document = JsonDocument.Parse(line);
            var record = document.RootElement;
            var claimed = record.GetProperty("hash").GetString();
            if (record.GetProperty("seq").GetInt64() != number || record.GetProperty("previous").GetString() != previous || HashOf(record) != claimed) return number;
            previous = claimed!;
        }

        return null;
    }

    public static string HashOf(JsonElement record)
    {
        var text = new StringBuilder();
        Write(record, text, isRecord: true);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Write(JsonElement value, StringBuilder text, bool isRecord = false)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = value.EnumerateObject().Where(member => !isRecord || member.Name != "hash").OrderBy(member => member.Name, StringComparer.Ordinal).ToArray();
                text.Append('{');
                for (var i = 0; i < members.Length; i++)
                {
                    text.Append(i == 0 ? "" : ",");
                    Write(members[i].Name, text);
                    text.Append(':');
                    Write(members[i].Value, text);
                }

                text.Append('}');
                break;
            case JsonValueKind.Array:
                text.Append('[');
                var isFirst = true;
                foreach (var entry in value.EnumerateArray())
                {
                    text.Append(isFirst ? "" : ",");
                    Write(entry, text);
                    isFirst = false;
                }

                text.Append(']');
                break;
            case JsonValueKind.String:
                Write(value.GetString()!, text);
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void Write(string value, StringBuilder text)
    {
        text.Append('"');
        foreach (var unit in value)
        {
            text.Append(unit switch
            {
                '"' => "\\\"", '\\' => "\\\\", '\b' => "\\b", '\t' => "\\t", '\n' => "\\n", '\f' => "\\f", '\r' => "\\r",
                < ' ' => "\\u" + ((int)unit).ToString("x4", System.Globalization.CultureInfo.InvariantCulture),
                _ => unit.ToString(),
            });
        }

        text.Append('"');
    }
}
