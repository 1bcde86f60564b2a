using System.Text.Json;

namespace CivitaiDownloader.Catalog.Reading;

/// <summary>
/// A page taken apart without understanding its items: each item's bytes, and what stands beside the list. Linear however deep an item nests, so that one
/// which nests without end is skipped alone.
/// </summary>
internal sealed record PageParts(IReadOnlyList<ReadOnlyMemory<byte>>? Items, ReadOnlyMemory<byte> Beside)
{
    /// <summary>The entries of an answer that is a list and nothing else; null for any other.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Rows { get; init; }

    private const int DeepestSkipped = 1 << 26; // more than an answer has bytes

    /// <exception cref="JsonException">It is no JSON even when mended.</exception>
    public static PageParts Split(ReadOnlyMemory<byte> body)
    {
        body = JsonRepair.WithoutMark(body);
        try
        {
            if (JsonRepair.IsText(body.Span)) return SplitText(body);
        }
        catch (JsonException)
        {
            // It is mended below.
        }

        return SplitText(JsonRepair.Mend(body.Span));
    }

    private static PageParts SplitText(ReadOnlyMemory<byte> body)
    {
        var reader = new Utf8JsonReader(body.Span, new() { MaxDepth = DeepestSkipped });
        List<ReadOnlyMemory<byte>>? items = null, rows = null;
        var beside = new List<ReadOnlyMemory<byte>>();
        reader.Read();
        if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var (start, isItems) = ((int)reader.TokenStartIndex, reader.ValueTextEquals("items"u8));
                reader.Read();
                if (isItems && reader.TokenType == JsonTokenType.StartArray) items = ReadItems(ref reader, body);
                else beside.Add(Value(ref reader, body, start));
            }
        }
        else if (reader.TokenType == JsonTokenType.StartArray)
        {
            rows = ReadItems(ref reader, body);
        }

        while (reader.Read())
        {
            // Nothing may follow.
        }

        return new(items, Join(beside)) { Rows = rows };
    }

    private static List<ReadOnlyMemory<byte>> ReadItems(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body)
    {
        var items = new List<ReadOnlyMemory<byte>>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray) items.Add(Value(ref reader, body, (int)reader.TokenStartIndex));
        return items;
    }

    private static ReadOnlyMemory<byte> Value(ref Utf8JsonReader reader, ReadOnlyMemory<byte> body, int start)
    {
        reader.Skip();
        return body[start..(int)reader.BytesConsumed];
    }

    private static byte[] Join(List<ReadOnlyMemory<byte>> properties)
    {
        using var json = new MemoryStream();
        json.Write("{"u8);
        for (var i = 0; i < properties.Count; i++)
        {
            if (i > 0) json.Write(","u8);
            json.Write(properties[i].Span);
        }

        json.Write("}"u8);
        return json.ToArray();
    }
}
