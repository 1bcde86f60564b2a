using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace CivitaiDownloader.Audit;

/// <summary>JSON in the one form of RFC 8785 (JCS), which is what is hashed: members by name, no blanks, nothing escaped that need not be. Numbers are whole, and exact in a double.</summary>
internal static class CanonicalJson
{
    public const long LargestNumber = 1L << 53;

    private const int DeepestLevel = 16;

    // Surrogates too: one without its other half is no text.
    private static readonly SearchValues<char> NotPlain = SearchValues.Create([.. Enumerable.Range(0, 0x20).Append('"').Append('\\').Concat(Enumerable.Range(0xD800, 0x800)).Select(unit => (char)unit)]);

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = DeepestLevel };

    /// <param name="text">What is no Unicode text (half a surrogate pair) becomes U+FFFD, as it would in UTF-8.</param>
    public static string Of(string text)
    {
        if (!text.AsSpan().ContainsAny(NotPlain)) return $"\"{text}\"";
        var json = new StringBuilder(text.Length + 2).Append('"');
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '"' => json.Append("\\\""),
                '\\' => json.Append("\\\\"),
                '\b' => json.Append("\\b"),
                '\t' => json.Append("\\t"),
                '\n' => json.Append("\\n"),
                '\f' => json.Append("\\f"),
                '\r' => json.Append("\\r"),
                < 0x20 => json.Append(CultureInfo.InvariantCulture, $"\\u{rune.Value:x4}"),
                _ => json.Append(rune.ToString()),
            };
        }

        return json.Append('"').ToString();
    }

    public static string OfNullable(string? text) => text is null ? "null" : Of(text);

    public static string Of(long number) => number is >= -LargestNumber and <= LargestNumber
        ? number.ToString(CultureInfo.InvariantCulture)
        : throw new ArgumentOutOfRangeException(nameof(number), number, "Beyond 2^53 a number in JSON is not exact.");

    /// <summary>Whether a text is an object in this form.</summary>
    public static bool IsObject(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object && Rewrite(document.RootElement) == text;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException) // the latter: half a surrogate pair, escaped
        {
            return false;
        }
    }

    private static string? Rewrite(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', element.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal).Select(member => $"{Of(member.Name)}:{Rewrite(member.Value)}"))}}}",
        JsonValueKind.Array => $"[{string.Join(',', element.EnumerateArray().Select(Rewrite))}]",
        JsonValueKind.String => Of(element.GetString()!),
        JsonValueKind.Number => element.TryGetInt64(out var number) && number is >= -LargestNumber and <= LargestNumber ? Of(number) : null,
        _ => element.GetRawText(),
    };
}
