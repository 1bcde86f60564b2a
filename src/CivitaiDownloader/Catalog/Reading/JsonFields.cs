using System.Globalization;
using System.Text.Json;

namespace CivitaiDownloader.Catalog.Reading;

/// <summary>Reads fields that may be missing, null, or of another type than yesterday (civitai-api 1.8). Never throws for what a value is.</summary>
internal static class JsonFields
{
    public static JsonElement? Get(this JsonElement parent, ReadOnlySpan<byte> name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <summary>Text, or a number or boolean as text.</summary>
    public static string? Text(this JsonElement parent, ReadOnlySpan<byte> name) => parent.Get(name) is { } value ? AsText(value) : null;

    public static string? AsText(JsonElement? found) => found is { } value ? AsText(value) : null;

    public static string? AsText(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => SafeString(value),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        _ => null,
    };

    public static long? Whole(this JsonElement parent, ReadOnlySpan<byte> name) => AsWhole(parent.Get(name));

    public static long? AsWhole(JsonElement? value)
    {
        if (value is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var whole)) return whole;
        return AsReal(value) is { } real and > -9e18 and < 9e18 ? (long)real : null;
    }

    public static double? Real(this JsonElement parent, ReadOnlySpan<byte> name) => AsReal(parent.Get(name));

    public static double? AsReal(JsonElement? found) => found switch
    {
        { ValueKind: JsonValueKind.Number } value when value.TryGetDouble(out var real) && double.IsFinite(real) => real,
        { ValueKind: JsonValueKind.String } value when double.TryParse(SafeString(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var real)
            && double.IsFinite(real) => real,
        _ => null,
    };

    public static bool? Flag(this JsonElement parent, ReadOnlySpan<byte> name) => AsFlag(parent.Get(name));

    public static bool? AsFlag(JsonElement? found) => found switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.String } text => bool.TryParse(SafeString(text), out var flag) ? flag : null,
        { ValueKind: JsonValueKind.Number } number => number.TryGetInt64(out var value) ? value != 0 : null,
        _ => null,
    };

    /// <summary>UTC also where no zone is written (civitai-api 2.5).</summary>
    public static DateTimeOffset? Instant(this JsonElement parent, ReadOnlySpan<byte> name) => AsInstant(parent.Get(name));

    public static DateTimeOffset? AsInstant(JsonElement? found)
    {
        if (found is not { } value) return null;
        if (value.ValueKind == JsonValueKind.String && value.TryGetDateTime(out var time)) return Utc(time); // no string is made of it
        return DateTimeOffset.TryParse(AsText(value), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;
    }

    public static IEnumerable<JsonElement> Items(this JsonElement parent, ReadOnlySpan<byte> name) =>
        parent.Get(name) is { ValueKind: JsonValueKind.Array } array ? array.EnumerateArray() : [];

    public static List<string> Texts(this JsonElement parent, ReadOnlySpan<byte> name) => AsTexts(parent.Get(name));

    public static List<string> AsTexts(JsonElement? found)
    {
        var texts = new List<string>();
        if (found is not { ValueKind: JsonValueKind.Array } array) return texts;
        foreach (var item in array.EnumerateArray())
        {
            if (AsText(item) is { } text) texts.Add(text);
        }

        return texts;
    }

    private static DateTimeOffset Utc(DateTime time) =>
        time.Kind == DateTimeKind.Local ? new DateTimeOffset(time).ToUniversalTime() : new(DateTime.SpecifyKind(time, DateTimeKind.Utc));

    // A string may hold half a surrogate pair, which the reader refuses to give as text.
    private static string? SafeString(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
