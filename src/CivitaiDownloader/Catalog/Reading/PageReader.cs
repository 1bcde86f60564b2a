using System.Runtime.InteropServices;
using System.Text.Json;

namespace CivitaiDownloader.Catalog.Reading;

/// <summary>One page of a search.</summary>
/// <param name="NextCursor">Null at the end.</param>
/// <param name="Skipped">Items that could not be read: no id, doubled names, not an object.</param>
internal sealed record SearchPage(IReadOnlyList<Model> Items, string? NextCursor, int Skipped);

/// <summary>Reads a page so that one broken item never costs the others.</summary>
internal static class PageReader
{
    // A name that occurs twice in one object would let two readers see two things.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="FormatException">It is no page.</exception>
    public static SearchPage Read(ReadOnlyMemory<byte> body)
    {
        using var document = JsonRepair.Parse(body);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object || root.Get("items"u8) is not { ValueKind: JsonValueKind.Array }) throw new FormatException("no list of items");
        var models = new List<Model>();
        var skipped = 0;
        foreach (var item in root.Items("items"u8))
        {
            if (TryRead(item) is { } model) models.Add(model);
            else skipped++;
        }

        return new(models, root.Get("metadata"u8)?.Text("nextCursor"u8), skipped);
    }

    /// <exception cref="JsonException">It is no JSON, or names a thing twice.</exception>
    public static JsonDocument One(ReadOnlyMemory<byte> body)
    {
        using var document = JsonRepair.Parse(body);
        return JsonDocument.Parse(JsonMarshal.GetRawUtf8Value(document.RootElement).ToArray(), Strict);
    }

    private static Model? TryRead(JsonElement item)
    {
        try
        {
            if (item.ValueKind != JsonValueKind.Object) return null;
            using var strict = JsonDocument.Parse(JsonMarshal.GetRawUtf8Value(item).ToArray(), Strict);
            return ModelReader.ReadModel(strict.RootElement);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
