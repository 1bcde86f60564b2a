using System.Text.Json;
using CivitaiDownloader.Sandbox.Samples;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>Writes a version's pictures.</summary>
internal sealed class ImageJson(Utf8JsonWriter json, JsonForm form, Origins origins)
{
    public const string Blurhash = "U00000fQfQfQfQfQfQfQfQfQfQfQ";

    /// <summary>Bit mask of the levels that are shown; a picture nobody has rated yet is shown always.</summary>
    public int Levels { get; init; } = Rating.All;

    private int Most => form.IsOneVersion ? 10 : 20;

    public void Write(SampleModel model, SampleVersion version)
    {
        var pictures = model.Mode == "TakenDown" ? [] : SamplePicture.Of(model, version).Where(picture => picture.Level == 0 || (picture.Level & Levels) != 0).Take(Most).ToArray();
        if (pictures.Length == 0 && !form.KeepsEmpty) return;
        json.WriteStartArray("images");
        foreach (var picture in pictures) Image(picture);
        json.WriteEndArray();
    }

    private void Image(SamplePicture picture)
    {
        json.WriteStartObject();
        if (form == JsonForm.List) json.WriteNumber("id", picture.Id);
        json.WriteString("url", picture.Address(origins));
        json.WriteNumber("nsfwLevel", picture.Level);
        json.WriteNumber("width", SamplePicture.Side);
        json.WriteNumber("height", SamplePicture.Side);
        json.WriteString("hash", Blurhash);
        json.WriteString("type", picture.Type);
        json.WriteBoolean("minor", false);
        json.WriteBoolean("poi", false);
        json.WriteBoolean("hasMeta", picture.HasMeta);
        json.WriteBoolean("hasPositivePrompt", picture.HasMeta);
        json.WriteBoolean("onSite", false);
        json.WriteNull("remixOfId");
        if (form.IsOneVersion)
        {
            json.WriteString("availability", "Public");
            json.WriteStartObject("metadata");
            json.WriteNumber("width", SamplePicture.Side);
            json.WriteNumber("height", SamplePicture.Side);
            json.WriteEndObject();
            json.WritePropertyName("meta");
            ImageMeta.Write(json, picture);
        }

        json.WriteEndObject();
    }
}
