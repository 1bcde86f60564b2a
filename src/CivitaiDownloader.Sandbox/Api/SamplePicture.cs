using System.Globalization;
using CivitaiDownloader.Sandbox.Samples;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>One picture, clip or sound of a version.</summary>
internal sealed record SamplePicture(SampleModel Model, SampleVersion Version, int Index)
{
    public const int Side = 64;

    public int Id => (Version.Id * 10) + Index;

    public string Type => Index < Version.Media.Count ? Version.Media[Index] : "image";

    /// <summary>The model's rating is the union of these; 0 while nobody has rated it.</summary>
    public int Level => Rating.Members(Model.NsfwLevel) is { Length: > 0 } levels ? levels[Index % levels.Length] : 0;

    public bool HasMeta => Id % 2 == 0;

    public static IEnumerable<SamplePicture> Of(SampleModel model, SampleVersion version) => Enumerable.Range(0, version.Images).Select(index => new SamplePicture(model, version, index));

    /// <summary>The number is told by the path's second part; the last only gives a name and an extension (civitai-api 2.7).</summary>
    public string Address(Origins origins)
    {
        var extension = Type switch { "video" => "mp4", "audio" => "mp3", _ => "jpeg" };
        return string.Create(CultureInfo.InvariantCulture, $"{origins.Images}/xG1nkqKTMzGDvpLrqFT7WA/{Id:x8}-0000-4000-8000-000000000000/original=true/{Id}.{extension}");
    }
}
