using System.Text;
using System.Text.Json;

namespace CivitaiDownloader.Catalog.Reading;

/// <summary>Finds the sentence in an error's body, in any of its shapes (civitai-api 1.5).</summary>
internal static class ErrorBody
{
    private const int MostBytes = 64 * 1024;

    /// <summary>The error's text; null for an empty body or a page.</summary>
    public static string? Message(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty || body.Length > MostBytes || IsPage(body.Span)) return null;
        try
        {
            using var document = JsonRepair.Parse(body);
            return Find(document.RootElement, 0);
        }
        catch (JsonException)
        {
            return Encoding.UTF8.GetString(body.Span);
        }
    }

    /// <summary>The field <paramref name="name"/> of the body, when it is an object.</summary>
    public static DateTimeOffset? Instant(ReadOnlyMemory<byte> body, ReadOnlySpan<byte> name)
    {
        try
        {
            using var document = JsonRepair.Parse(body);
            return document.RootElement.Instant(name);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static bool IsPage(ReadOnlySpan<byte> body) => body.TrimStart(" \t\r\n"u8) is var start && start.Length > 0 && start[0] == '<';

    private static string? Find(JsonElement json, int depth)
    {
        if (depth > 4) return null;
        return json.ValueKind switch
        {
            JsonValueKind.String => Unfold(JsonFields.AsText(json), depth),
            JsonValueKind.Array => json.EnumerateArray().Select(item => Find(item, depth + 1)).FirstOrDefault(found => found is not null),
            JsonValueKind.Object => Join(json, depth),
            _ => null,
        };
    }

    private static string? Join(JsonElement json, int depth)
    {
        var error = json.Get("error"u8) is { } inner ? Find(inner, depth + 1) : null;
        var message = json.Get("message"u8) is { } text ? Find(text, depth + 1) : null;
        return error is not null && message is not null && error != message ? $"{error}: {message}" : message ?? error;
    }

    // A ZodError carries its issues as JSON inside a string.
    private static string? Unfold(string? text, int depth)
    {
        if (text is null || !text.StartsWith('[')) return text;
        try
        {
            using var inner = JsonDocument.Parse(text);
            return Find(inner.RootElement, depth + 1) ?? text;
        }
        catch (JsonException)
        {
            return text;
        }
    }
}
