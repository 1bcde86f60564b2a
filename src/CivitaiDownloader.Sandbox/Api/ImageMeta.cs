using System.Text.Json;

namespace CivitaiDownloader.Sandbox.Api;

/// <summary>How a picture was made, as uploaders' tools wrote it: values of any type, seeds larger than any integer (civitai-api 1.8).</summary>
internal static class ImageMeta
{
    /// <summary>The object, or null.</summary>
    public static void Write(Utf8JsonWriter json, SamplePicture picture)
    {
        if (!picture.HasMeta)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        json.WriteString("prompt", $"<lora:sample:0.8> ink, (masterpiece:1.2), \"quoted\", no. {picture.Id}");
        json.WritePropertyName("seed");
        json.WriteRawValue(((picture.Id / 2) % 5) switch { 0 => "1234567890", 1 => "4294967295", 2 => "18446744073709551615", 3 => "\"987654321\"", _ => "1e25" });
        json.WritePropertyName("steps");
        json.WriteRawValue(picture.Id % 4 == 0 ? "\"20\"" : "20");
        json.WritePropertyName("cfgScale");
        json.WriteRawValue(picture.Id % 4 == 0 ? "7" : "\"7.5\"");
        json.WriteBoolean("hiresFix", true);
        json.WriteNull("Model hash");
        json.Texts("workflow tags", ["a", "b"]);
        json.WriteStartArray("resources");
        json.WriteStartObject();
        json.WriteString("type", "lora");
        json.WriteNumber("weight", 0.8);
        json.WriteString("name", "sample");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
