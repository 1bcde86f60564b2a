using System.Runtime.InteropServices;
using System.Text.Json;
using CivitaiDownloader.Catalog.Drift;
using CivitaiDownloader.Catalog.Reading;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog.Images;

/// <summary>Reads the items of <c>/images</c> (civitai-api 9). Null for one without a number or an address.</summary>
internal static class ImagePostReader
{
    private const int MostVersions = 10_000;

    public static ImagePost? Read(JsonElement json, ReadingContext context)
    {
        if (!Uri.TryCreate(json.Text("url"u8), UriKind.Absolute, out var url) || Reconciled.ImageId(json.Get("id"u8), url.OriginalString) is not { } id) return null;
        return new()
        {
            Id = id,
            Url = url,
            Type = ReadingContext.Shared(json, "type"u8, KnownValues.Media),
            NsfwLevel = Reconciled.Level(json.Get("browsingLevel"u8), json.Get("nsfwLevel"u8), nsfw: null),
            Width = (int?)json.Whole("width"u8),
            Height = (int?)json.Whole("height"u8),
            CreatedAt = json.Instant("createdAt"u8),
            Post = json.Whole("postId"u8),
            Username = json.Text("username"u8),
            BaseModel = ReadingContext.Shared(json, "baseModel"u8, KnownValues.BaseModel),
            Versions = ReadVersions(json),
            Reactions = ReadReactions(json.Get("stats"u8) ?? default),
            Meta = ReadMeta(json.Get("meta"u8)),
            Json = JsonMarshal.GetRawUtf8Value(json).ToArray(),
            Source = context.Source,
        };
    }

    private static List<ModelVersionId> ReadVersions(JsonElement json)
    {
        var versions = new List<ModelVersionId>();
        foreach (var version in json.Items("modelVersionIds"u8).Take(MostVersions))
        {
            if (version.ValueKind == JsonValueKind.Number && version.TryGetInt64(out var id) && id > 0) versions.Add(new(id));
        }

        return versions;
    }

    private static ImageReactions ReadReactions(JsonElement stats) => new()
    {
        Likes = stats.Whole("likeCount"u8),
        Hearts = stats.Whole("heartCount"u8),
        Laughs = stats.Whole("laughCount"u8),
        Cries = stats.Whole("cryCount"u8),
        Dislikes = stats.Whole("dislikeCount"u8),
        Comments = stats.Whole("commentCount"u8),
    };

    private static ImageMeta? ReadMeta(JsonElement? served) => Unwrap(served) is not { ValueKind: JsonValueKind.Object } meta ? null : new()
    {
        Prompt = meta.Text("prompt"u8),
        NegativePrompt = meta.Text("negativePrompt"u8),
        Sampler = meta.Text("sampler"u8),
        Steps = meta.Whole("steps"u8),
        CfgScale = meta.Real("cfgScale"u8),
        Seed = meta.Text("seed"u8),
        Json = JsonMarshal.GetRawUtf8Value(meta).ToArray(),
    };

    // On the site's older data path the object is wrapped: {"id": …, "meta": {…}} and nothing else.
    private static JsonElement? Unwrap(JsonElement? served) =>
        served is { ValueKind: JsonValueKind.Object } outer && outer.EnumerateObject().All(property => property.NameEquals("id"u8) || property.NameEquals("meta"u8)) && outer.TryGetProperty("meta"u8, out var inner)
            ? inner
            : served;
}
