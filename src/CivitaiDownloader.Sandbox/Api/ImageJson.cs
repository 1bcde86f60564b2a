using System.Text.Json;
using CivitaiDownloader.Sandbox.Samples;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>Writes a version's pictures.</summary>
internal sealed class ImageJson(Utf8JsonWriter json, JsonForm form, Origins origins)
{
    public const string Blurhash = "U00000fQfQfQfQfQfQfQfQfQfQfQ";
    public const int Side = 64;

    private int Most => form.IsOneVersion ? 10 : 20;

    public void Write(SampleModel model, SampleVersion version)
    {
        var count = model.Mode == "TakenDown" ? 0 : Math.Min(version.Images, Most);
        if (count == 0 && !form.KeepsEmpty) return;
        json.WriteStartArray("images");
        for (var index = 0; index < count; index++) Image(IdOf(version, index));
        json.WriteEndArray();
    }

    public static int IdOf(SampleVersion version, int index) => (version.Id * 10) + index;

    public static string Address(Origins origins, int id) => $"{origins.Images}/xG1nkqKTMzGDvpLrqFT7WA/{id:x8}-0000-4000-8000-000000000000/original=true/{id}.jpeg";

    private void Image(int id)
    {
        json.WriteStartObject();
        if (form == JsonForm.List) json.WriteNumber("id", id);
        json.WriteString("url", Address(origins, id));
        json.WriteNumber("nsfwLevel", 1);
        json.WriteNumber("width", Side);
        json.WriteNumber("height", Side);
        json.WriteString("hash", Blurhash);
        json.WriteString("type", "image");
        json.WriteBoolean("minor", false);
        json.WriteBoolean("poi", false);
        json.WriteBoolean("hasMeta", false);
        json.WriteBoolean("hasPositivePrompt", false);
        json.WriteBoolean("onSite", false);
        json.WriteNull("remixOfId");
        if (form.IsOneVersion)
        {
            json.WriteString("availability", "Public");
            json.WriteNull("meta");
        }

        json.WriteEndObject();
    }
}
