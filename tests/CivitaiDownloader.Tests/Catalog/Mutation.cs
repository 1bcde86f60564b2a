using System.Text;
using System.Text.Json;

namespace CivitaiDownloader.Tests.Catalog;

/// <summary>One value of a JSON text: where it is, where its name begins (or −1), and which entry of the top-level <c>items</c>, or of the text itself where it is a list, it lies in (or −1).</summary>
internal sealed record JsonPlace(int NameAt, int At, int End, int Item)
{
    /// <summary>Whether it is the entry itself.</summary>
    public bool IsEntry { get; init; }

    /// <summary>Whether it is the list of entries, or the whole text.</summary>
    public bool IsFrame { get; init; }

    /// <summary>Every value of a text, containers included.</summary>
    public static List<JsonPlace> All(byte[] json)
    {
        var places = new List<JsonPlace>();
        var open = new Stack<(int NameAt, int At, int Item, bool IsEntry, bool IsItems)>();
        var reader = new Utf8JsonReader(json, new() { MaxDepth = 256 });
        var (nameAt, isItems, nextItem) = (-1, false, 0);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.PropertyName:
                    nameAt = (int)reader.TokenStartIndex;
                    isItems = open.Count == 1 && reader.ValueTextEquals("items");
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    open.Push((nameAt, (int)reader.TokenStartIndex, ItemOf(), IsEntryHere(), isItems || (open.Count == 0 && reader.TokenType == JsonTokenType.StartArray)));
                    (nameAt, isItems) = (-1, false);
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    var closed = open.Pop();
                    places.Add(new(closed.NameAt, closed.At, (int)reader.BytesConsumed, closed.Item) { IsEntry = closed.IsEntry, IsFrame = closed.IsItems || open.Count == 0 });
                    break;
                default:
                    places.Add(new(nameAt, (int)reader.TokenStartIndex, (int)reader.BytesConsumed, ItemOf()) { IsEntry = IsEntryHere() });
                    nameAt = -1;
                    break;
            }
        }

        return places;

        bool IsEntryHere() => open.Count > 0 && open.Peek().IsItems;

        int ItemOf() => IsEntryHere() ? nextItem++ : open.Count > 0 ? open.Peek().Item : -1;
    }
}

/// <summary>Changes one value of a JSON text so that the text stays JSON: gone, null, of another type, doubled, huge, deep.</summary>
internal static class Mutation
{
    private static readonly string[] Others =
    [
        "null", "true", "false", "0", "-1", "7", "1.5", "1e400", "-1e-400", "9223372036854775808", "123456789012345678901234567890", "\"\"", "\"text\"", "\"\\ud800\"", "\"\\u0000\\u001b[2J\\u202e\"", "\"12\"",
        "\"2026-13-45T99:99:99Z\"", "\"0001-01-01T00:00:00+14:00\"", "\"9999-12-31T23:59:59-14:00\"", "[]", "{}", "[null]", "[1,\"a\",{}]", "{\"id\":1}", "{\"\":{}}", "{\"name\":[[]]}", "\"http://[::1\"", "\"file:///etc/passwd\"", "{\"meta\":7}",
    ];

    public static (byte[] Json, string What) Apply(byte[] json, JsonPlace place, Random random)
    {
        var (from, with, what) = random.Next(8) switch
        {
            0 when place.NameAt >= 0 => (place.NameAt, "\"x_gone\":0", "gone"),
            1 => (place.At, "null", "null"),
            2 when place.NameAt >= 0 => (place.NameAt, Doubled(json, place), "doubled"),
            3 => (place.At, "\"" + new string('x', random.Next(1, 200_000)) + "\"", "huge text"),
            4 => (place.At, new string('9', random.Next(20, 2_000)), "huge number"),
            5 => Deep(place, random),
            6 => (place.At, "[" + string.Join(',', Enumerable.Repeat("{\"id\":1}", random.Next(1, 30_000))) + "]", "long list"),
            _ => (place.At, Others[random.Next(Others.Length)], "another type"),
        };
        return ([.. json.AsSpan(0, from), .. Encoding.UTF8.GetBytes(with), .. json.AsSpan(place.End)], $"{what} at {place.At}: {(with.Length > 80 ? with[..80] + "…" : with)}");
    }

    private static string Doubled(byte[] json, JsonPlace place)
    {
        var property = Encoding.UTF8.GetString(json.AsSpan(place.NameAt..place.End));
        return property + "," + property;
    }

    private static (int, string, string) Deep(JsonPlace place, Random random)
    {
        var depth = random.Next(2) == 0 ? random.Next(2, 60) : random.Next(60, 20_000);
        return random.Next(2) == 0
            ? (place.At, new string('[', depth) + new string(']', depth), "deep")
            : (place.At, new StringBuilder().Insert(0, "{\"a\":", depth).Append('1').Append('}', depth).ToString(), "deep");
    }
}
