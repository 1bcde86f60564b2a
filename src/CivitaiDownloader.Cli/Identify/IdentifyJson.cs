using System.Text.Json;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Identifying;

namespace CivitaiDownloader.Cli.Identify;

/// <summary>The document of <c>identify</c> (docs/formats/json-output.md).</summary>
internal static class IdentifyJson
{
    public static void Write(IEnumerable<IdentifyOutcome> outcomes)
    {
        using var output = new JsonOutput();
        var json = output.Writer;
        json.WriteStartObject();
        json.WriteStartArray("files");
        foreach (var outcome in outcomes) Write(json, outcome);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, IdentifyOutcome outcome)
    {
        var file = outcome.Hashed.File;
        json.WriteStartObject();
        json.WriteString("path", file.Path);
        json.WriteString("sha256", outcome.Hashed.Sha256?.Hex);
        Number(json, "bytes", file.Refusal is null ? file.Stamp.Bytes : null);
        json.WriteString("status", outcome.Status);
        Version(json, outcome.Matches is [var first, ..] ? first : null);
        json.WriteStartArray("matches");
        foreach (var match in outcome.Matches ?? [])
        {
            json.WriteStartObject();
            Version(json, match);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WritePropertyName("error");
        if (outcome.Error is { } error) ErrorWriter.Write(json, error);
        else json.WriteNullValue();
        json.WriteEndObject();
    }

    private static void Version(Utf8JsonWriter json, IdentifiedVersion? version)
    {
        Number(json, "modelId", version?.Model?.Value);
        Number(json, "versionId", version?.Version.Value);
        Number(json, "fileId", version?.File?.Value);
        json.WriteString("modelName", version?.ModelName);
        json.WriteString("versionName", version?.VersionName);
        json.WriteString("type", version?.ModelType);
        json.WriteString("baseModel", version?.BaseModel);
    }

    private static void Number(Utf8JsonWriter json, string name, long? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }
}
