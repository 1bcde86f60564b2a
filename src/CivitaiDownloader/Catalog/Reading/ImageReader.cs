using System.Buffers;
using System.Text.Json;
using CivitaiDownloader.Catalog.Drift;

namespace CivitaiDownloader.Catalog.Reading;

/// <summary>Reads a version's pictures (civitai-api 3.4). One without an address is left out: there is nothing to show.</summary>
internal static class ImageReader
{
    private const int MostEntries = 10_000;

    private static readonly SearchValues<char> HostLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.");

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
            if (JsonFields.AsText(fields[Url]) is not { } address || !IsAddress(address)) continue;
            images.Add(new(address, context.Member(fields[Type], KnownValues.Media, path, "type"), Reconciled.Level(null, fields[NsfwLevel], fields[Nsfw]),
                (int?)JsonFields.AsWhole(fields[Width]), (int?)JsonFields.AsWhole(fields[Height])) { Id = Reconciled.ImageId(fields[Id], address) });
        }

        return images;
    }

    private static bool IsAddress(string text) => IsPlain(text) || Uri.TryCreate(text, UriKind.Absolute, out _);

    // Nearly all are https on a short host of plain letters, of which an address can be made whatever follows; making one to find out costs more than all the rest of a picture.
    private static bool IsPlain(string text)
    {
        const int Scheme = 8, LongestLabel = 63;
        if (!text.StartsWith("https://", StringComparison.Ordinal) || text.Length > 2000) return false;
        var end = text.AsSpan(Scheme).IndexOf('/');
        if (end is < 1 or > LongestLabel) return false;
        var host = text.AsSpan(Scheme, end);
        return char.IsAsciiLetter(host[0]) && char.IsAsciiLetter(host[^1]) && !host.ContainsAnyExcept(HostLetters) && !host.Contains("..", StringComparison.Ordinal) && !text.AsSpan(Scheme).ContainsAnyInRange('\0', ' ');
    }
}
