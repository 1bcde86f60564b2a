using System.Text.Json;
using CivitaiDownloader.Catalog.Drift;

namespace CivitaiDownloader.Catalog.Reading;

/// <summary>Reads a version's pictures (civitai-api 3.4). One without an address is left out: there is nothing to show.</summary>
internal static class ImageReader
{
    private const int MostEntries = 10_000;

    private static readonly int Id = KnownFields.Image.IndexOf("id"u8);
    private static readonly int Url = KnownFields.Image.IndexOf("url"u8);
    private static readonly int Type = KnownFields.Image.IndexOf("type"u8);
    private static readonly int Nsfw = KnownFields.Image.IndexOf("nsfw"u8);
    private static readonly int NsfwLevel = KnownFields.Image.IndexOf("nsfwLevel"u8);
    private static readonly int Width = KnownFields.Image.IndexOf("width"u8);
    private static readonly int Height = KnownFields.Image.IndexOf("height"u8);

    /// <param name="path">Where they are, for what is counted as new: <c>modelVersions[].images[].</c></param>
    public static IReadOnlyList<ModelImage> Read(JsonElement version, ReadingContext context, string path)
    {
        if (version.Get("images"u8) is not { ValueKind: JsonValueKind.Array } array || array.GetArrayLength() == 0) return [];
        var (images, fields) = (new List<ModelImage>(Math.Min(array.GetArrayLength(), 64)), new FieldSlots(KnownFields.Image));
        foreach (var json in array.EnumerateArray())
        {
            if (images.Count == MostEntries) break;
            fields.Read(json, context.Drift, path);
            if (!Uri.TryCreate(JsonFields.AsText(fields[Url]), UriKind.Absolute, out var url)) continue;
            images.Add(new(url, context.Member(fields[Type], KnownValues.Media, path, "type"), Reconciled.Level(null, fields[NsfwLevel], fields[Nsfw]),
                (int?)JsonFields.AsWhole(fields[Width]), (int?)JsonFields.AsWhole(fields[Height])) { Id = Reconciled.ImageId(fields[Id], url) });
        }

        return images;
    }
}
