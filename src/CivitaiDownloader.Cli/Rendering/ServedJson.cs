using System.Text.Json;

namespace CivitaiDownloader.Cli.Rendering;

/// <summary>Re-emits what Civitai served, with a property of our own added.</summary>
internal static class ServedJson
{
    private const string InLibrary = "inLibrary";
    private const string Ours = "civitaiDl";

    /// <summary>The object as served, and whether the library has any file of it.</summary>
    public static void WriteModel(Utf8JsonWriter json, ReadOnlyMemory<byte> served, bool inLibrary)
    {
        using var document = JsonDocument.Parse(served);
        json.WriteStartObject();
        foreach (var property in document.RootElement.EnumerateObject().Where(property => !property.NameEquals(InLibrary))) property.WriteTo(json);
        json.WriteBoolean(InLibrary, inLibrary);
        json.WriteEndObject();
    }

    /// <summary>The model as served, each file with whether the library has it.</summary>
    /// <param name="hasFile">Asked with a file's id.</param>
    /// <param name="ours">Writes the value of our own property, <c>civitaiDl</c>; null for none.</param>
    public static void WriteFiles(Utf8JsonWriter json, ReadOnlyMemory<byte> served, Func<long, bool> hasFile, Action<Utf8JsonWriter>? ours = null)
    {
        using var document = JsonDocument.Parse(served);
        WriteObject(json, document.RootElement, (name, value) =>
        {
            if (name != "modelVersions" || value.ValueKind != JsonValueKind.Array) return false;
            WriteArray(json, value, version => WriteObject(json, version, (inner, files) =>
            {
                if (inner != "files" || files.ValueKind != JsonValueKind.Array) return false;
                WriteArray(json, files, file => WriteFile(json, file, hasFile));
                return true;
            }));
            return true;
        }, ours);
    }

    private static void WriteFile(Utf8JsonWriter json, JsonElement file, Func<long, bool> hasFile)
    {
        if (file.ValueKind != JsonValueKind.Object)
        {
            file.WriteTo(json);
            return;
        }

        json.WriteStartObject();
        foreach (var property in file.EnumerateObject().Where(property => !property.NameEquals(InLibrary))) property.WriteTo(json);
        json.WriteBoolean(InLibrary, file.TryGetProperty("id", out var id) && id.ValueKind == JsonValueKind.Number && id.TryGetInt64(out var number) && hasFile(number));
        json.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter json, JsonElement array, Action<JsonElement> write)
    {
        json.WriteStartArray();
        foreach (var item in array.EnumerateArray()) write(item);
        json.WriteEndArray();
    }

    /// <param name="replace">Returns true when it wrote the value itself; the name is written already.</param>
    private static void WriteObject(Utf8JsonWriter json, JsonElement element, Func<string, JsonElement, bool> replace, Action<Utf8JsonWriter>? ours = null)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            element.WriteTo(json);
            return;
        }

        json.WriteStartObject();
        foreach (var property in element.EnumerateObject())
        {
            if (ours is not null && property.NameEquals(Ours)) continue;
            json.WritePropertyName(property.Name);
            if (!replace(property.Name, property.Value)) property.Value.WriteTo(json);
        }

        if (ours is not null)
        {
            json.WritePropertyName(Ours);
            ours(json);
        }

        json.WriteEndObject();
    }
}
