using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using CivitaiDownloader.Catalog.Drift;
using CivitaiDownloader.Http;

namespace CivitaiDownloader.Catalog.Reading;

/// <summary>What is known of the answer that a record is read from, and where what is new in it is counted.</summary>
/// <param name="Source">Null for what does not come from the API.</param>
/// <param name="Drift">Null to count nothing.</param>
internal sealed record ReadingContext(Provenance? Source, DriftTally? Drift)
{
    public static readonly ReadingContext None = new(null, null);

    /// <summary>The bytes that are read, where they stay as they are: what is kept of them as served is a part of these then, and no copy.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>What comes from the cache was counted when it came.</summary>
    public static ReadingContext Of(ApiEndpoint endpoint, ApiAnswer answer) =>
        new(new(endpoint, answer.FetchedAt) { FromCache = answer.FromCache, IsStale = answer.IsStale }, answer.FromCache ? null : new DriftTally()) { Body = answer.Body };

    /// <summary>A member of an enumeration: one string for all that are known; what is not is kept as it came, and counted.</summary>
    /// <param name="path">Where the object is, for the count, with its trailing dot: <c>modelVersions[].</c></param>
    public string? Member(JsonElement parent, ReadOnlySpan<byte> name, NameSet known, string path)
    {
        if (parent.Get(name) is not { } value) return null;
        return Known(value, known) ?? Unknown(value, path, Drift is null ? "" : Encoding.UTF8.GetString(name));
    }

    /// <inheritdoc cref="Member(JsonElement, ReadOnlySpan{byte}, NameSet, string)"/>
    public string? Member(JsonElement? found, NameSet known, string path, string field) =>
        found is not { } value ? null : Known(value, known) ?? Unknown(value, path, field);

    /// <summary>Free text that is mostly one of a few.</summary>
    public static string? Shared(JsonElement parent, ReadOnlySpan<byte> name, NameSet usual) =>
        parent.Get(name) is { } value ? Known(value, usual) ?? JsonFields.AsText(value) : null;

    private string? Unknown(JsonElement value, string path, string field)
    {
        var text = JsonFields.AsText(value);
        if (text is not null) Drift?.NewValue(path + field, text);
        return text;
    }

    private static string? Known(JsonElement value, NameSet known) =>
        value.ValueKind == JsonValueKind.String && JsonMarshal.GetRawUtf8Value(value) is { Length: > 2 } quoted ? known.Find(quoted[1..^1]) : null;
}
