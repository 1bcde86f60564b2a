using System.Globalization;
using System.Text.Json;

namespace CivitaiDownloader.Catalog.Reading;

/// <summary>
/// The one place where the endpoints' different ways to say the same thing become one (civitai-api 6.5, 2.3). Missing, null and empty need no rule: fields
/// and lists read alike whichever it is.
/// </summary>
internal static class Reconciled
{
    /// <summary><c>supportsGeneration</c> in lists, <c>covered</c> on a model's own page, neither on a version's.</summary>
    public static bool? SupportsGeneration(JsonElement? supportsGeneration, JsonElement? covered) => JsonFields.AsFlag(supportsGeneration) ?? JsonFields.AsFlag(covered);

    /// <summary>A picture's number: said in lists only; elsewhere it is the last part of its address, before the extension.</summary>
    public static long? ImageId(JsonElement? said, string address)
    {
        if (JsonFields.AsWhole(said) is > 0 and var id) return id;
        var path = address.AsSpan();
        if (path.IndexOfAny('?', '#') is >= 0 and var end) path = path[..end];
        var last = path[(path.LastIndexOf('/') + 1)..];
        var dot = last.IndexOf('.');
        return long.TryParse(dot < 0 ? last : last[..dot], NumberStyles.None, CultureInfo.InvariantCulture, out var named) && named > 0 ? named : null;
    }

    /// <summary>A picture's rating as bit mask: a number under <c>nsfwLevel</c> or <c>browsingLevel</c>, words in 2023 and on <c>/images</c>.</summary>
    public static int? Level(JsonElement? browsingLevel, JsonElement? nsfwLevel, JsonElement? nsfw) =>
        (int?)JsonFields.AsWhole(browsingLevel) ?? (nsfwLevel is { ValueKind: JsonValueKind.Number } ? (int?)JsonFields.AsWhole(nsfwLevel) : Level(JsonFields.AsText(nsfwLevel)) ?? Level(JsonFields.AsText(nsfw)));

    /// <summary><c>true</c> or absent in lists and on a model's page, <c>true</c> or <c>false</c> on a version's, null in 2023.</summary>
    public static bool IsPrimary(JsonElement? primary) => JsonFields.AsFlag(primary) == true;

    /// <summary>
    /// A version's own page also shows a file of another version, a VAE it is linked with. Nothing marks it but its address: the version's own files are named
    /// there by <c>fileId</c>, a linked one by its type alone (civitai-api 7.2). Answers from before file ids cannot tell, and say no.
    /// </summary>
    public static bool IsLinked(string? address, bool ownFilesAreNamedById) =>
        ownFilesAreNamedById && address is not null && address.Contains("type=", StringComparison.Ordinal) && !NamesFile(address);

    public static bool NamesFilesById(JsonElement version) => version.Items("files"u8).Any(file => file.Text("downloadUrl"u8) is { } address && NamesFile(address));

    /// <summary>Strings, or in 2023 objects with a name.</summary>
    public static List<string> Tags(JsonElement model)
    {
        var tags = model.Texts("tags"u8);
        foreach (var tag in model.Items("tags"u8))
        {
            if (tag.ValueKind == JsonValueKind.Object && tag.Text("name"u8) is { } name) tags.Add(name);
        }

        return tags;
    }

    private static bool NamesFile(string address) => address.Contains("fileId=", StringComparison.Ordinal);

    private static int? Level(string? word) => word switch
    {
        "None" => 1,
        "Soft" => 2,
        "Mature" => 4,
        "X" => 8,
        "Blocked" => 32,
        _ => null,
    };
}
