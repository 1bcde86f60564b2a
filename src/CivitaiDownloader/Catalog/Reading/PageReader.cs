using System.Runtime.InteropServices;
using System.Text.Json;

namespace CivitaiDownloader.Catalog.Reading;

/// <summary>One page of a search.</summary>
/// <param name="NextCursor">Null at the end.</param>
/// <param name="Skipped">Items that could not be read: no id, doubled names, not an object.</param>
internal sealed record SearchPage(IReadOnlyList<Model> Items, string? NextCursor, int Skipped)
{
    /// <summary>How many there are in all; only until March 2024, null since.</summary>
    public long? Announced { get; init; }

    /// <summary>Whether a next page is named, with or without a cursor.</summary>
    public bool HasNextPage { get; init; }

    public static SearchPage Of(ItemPage<Model> page) =>
        new(page.Items, page.NextCursor, page.Skipped) { Announced = page.TotalItems is > 0 and var total ? total : null, HasNextPage = page.HasNextPage };
}

/// <summary>One page of any list.</summary>
/// <param name="Skipped">Items that could not be read: no id, doubled names, not an object.</param>
internal sealed record ItemPage<T>(IReadOnlyList<T> Items, int Skipped)
{
    /// <summary>Null at the end, and where pages are numbered.</summary>
    public string? NextCursor { get; init; }

    /// <summary>Whether the site names a next page, in whatever way; also where what it says of it cannot be read.</summary>
    public bool HasNextPage { get; init; }

    public long? TotalItems { get; init; }
}

/// <summary>Reads a page so that one broken item never costs the others.</summary>
internal static class PageReader
{
    private const int FewItems = 16;

    // A name that occurs twice in one object would let two readers see two things.
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 64, AllowDuplicateProperties = false };

    /// <exception cref="JsonException">It is no JSON.</exception>
    /// <exception cref="FormatException">It is no page.</exception>
    public static SearchPage Read(ReadOnlyMemory<byte> body) => Read(body, ReadingContext.None);

    /// <inheritdoc cref="Read(ReadOnlyMemory{byte})"/>
    public static SearchPage Read(ReadOnlyMemory<byte> body, ReadingContext context)
    {
        return SearchPage.Of(Read(body, item => ModelReader.ReadModel(item, context)));
    }

    /// <param name="read">Null for an item that cannot be called anything. May be called from several threads at once.</param>
    /// <inheritdoc cref="Read(ReadOnlyMemory{byte})"/>
    public static ItemPage<T> Read<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T?> read) where T : class
    {
        // Nearly every page is faultless: it is parsed once, strictly. Only one that is not is taken apart item by item.
        if (TryParse(body) is { } faultless)
        {
            using (faultless) return Whole(faultless.RootElement, read);
        }

        var parts = PageParts.Split(body);
        if (parts.Items is null && !IsNoMembersVault(parts.Beside)) throw NoList();
        return WithFacts(ReadAlone(parts.Items ?? [], read), parts.Beside);
    }

    /// <summary>An answer that is a list and nothing else. A null in it says that there is nothing (civitai-api 5.2), and counts as no item that could not be read.</summary>
    /// <inheritdoc cref="Read{T}"/>
    public static ItemPage<T> ReadRows<T>(ReadOnlyMemory<byte> body, Func<JsonElement, T?> read) where T : class
    {
        if (TryParse(body) is { } faultless)
        {
            using (faultless)
            {
                if (faultless.RootElement is not { ValueKind: JsonValueKind.Array } array) throw NoList();
                var page = ReadTogether(array, read);
                return page with { Skipped = page.Skipped - array.EnumerateArray().Count(row => row.ValueKind == JsonValueKind.Null) };
            }
        }

        var rows = PageParts.Split(body).Rows ?? throw NoList();
        return ReadAlone([.. rows.Where(row => !row.Span.SequenceEqual("null"u8))], read);
    }

    /// <exception cref="JsonException">It is no JSON, or names a thing twice.</exception>
    public static JsonDocument One(ReadOnlyMemory<byte> body)
    {
        if (TryParse(body) is { } faultless) return faultless;
        using var document = JsonRepair.Parse(body);
        return JsonDocument.Parse(JsonMarshal.GetRawUtf8Value(document.RootElement).ToArray(), Strict);
    }

    private static ItemPage<T> Whole<T>(JsonElement root, Func<JsonElement, T?> read) where T : class
    {
        if (IsNoMembersVault(root)) return new([], 0);
        if (root.Get("items"u8) is not { ValueKind: JsonValueKind.Array } array) throw NoList();
        return WithFacts(ReadTogether(array, read), root);
    }

    private static ItemPage<T> ReadTogether<T>(JsonElement array, Func<JsonElement, T?> read) where T : class
    {
        var served = array.EnumerateArray().ToArray();
        var known = new T?[served.Length];
        // Half of the work on a page is done item by item: a full one is shared among the cores.
        if (served.Length < FewItems) for (var i = 0; i < served.Length; i++) Read(i);
        else Parallel.For(0, served.Length, Read);
        var items = known.OfType<T>().ToArray();
        return new(items, served.Length - items.Length);

        void Read(int i) => known[i] = served[i].ValueKind == JsonValueKind.Object ? read(served[i]) : null;
    }

    private static ItemPage<T> WithFacts<T>(ItemPage<T> page, JsonElement root)
    {
        var facts = root.Get("metadata"u8) ?? root; // the vault has its totals beside the items (civitai-api 10)
        if (facts.ValueKind != JsonValueKind.Object) return page with { HasNextPage = true }; // it may name one: such a list has not been read to its end
        var cursor = facts.Get("nextCursor"u8);
        return page with
        {
            NextCursor = JsonFields.AsText(cursor) is { Length: > 0 } position ? position : null,
            HasNextPage = (cursor is not null && JsonFields.AsText(cursor) is not "") || facts.Text("nextPage"u8) is not null || facts.Flag("hasMore"u8) == true || facts.Whole("currentPage"u8) < facts.Whole("totalPages"u8),
            TotalItems = facts.Whole("totalItems"u8),
        };
    }

    private static ItemPage<T> WithFacts<T>(ItemPage<T> page, ReadOnlyMemory<byte> beside)
    {
        try
        {
            using var document = JsonDocument.Parse(beside);
            return WithFacts(page, document.RootElement);
        }
        catch (JsonException)
        {
            return page with { HasNextPage = true }; // nested without end
        }
    }

    // What an account without a membership gets in place of a list (civitai-api 10).
    private static bool IsNoMembersVault(JsonElement root) => root.ValueKind == JsonValueKind.Object && root.TryGetProperty("vault"u8, out var vault) && vault.ValueKind == JsonValueKind.Null;

    private static bool IsNoMembersVault(ReadOnlyMemory<byte> beside) => beside.Span.SequenceEqual("""{"vault":null}"""u8);

    private static FormatException NoList() => new("no list of items");

    private static ItemPage<T> ReadAlone<T>(IReadOnlyList<ReadOnlyMemory<byte>> parts, Func<JsonElement, T?> read) where T : class
    {
        var items = parts.Select(part => ReadAlone(part, read)).OfType<T>().ToArray();
        return new(items, parts.Count - items.Length);
    }

    private static T? ReadAlone<T>(ReadOnlyMemory<byte> item, Func<JsonElement, T?> read) where T : class
    {
        try
        {
            using var strict = JsonDocument.Parse(item, Strict);
            return strict.RootElement.ValueKind == JsonValueKind.Object ? read(strict.RootElement) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonDocument? TryParse(ReadOnlyMemory<byte> body)
    {
        try
        {
            return JsonRepair.IsText(body.Span) ? JsonDocument.Parse(JsonRepair.WithoutMark(body), Strict) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
