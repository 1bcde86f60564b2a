using System.Text.Json;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Identifying;

namespace CivitaiDownloader.Cli.Identify;

/// <summary>The document of <c>identify</c> (docs/formats/json-output.md).</summary>
internal static class IdentifyJson
{
    public static void Write(IEnumerable<IdentifyOutcome> outcomes, IEnumerable<string> skipped, IEnumerable<string> warnings) => JsonOutput.WriteFiles(outcomes, Write, skipped, warnings);

    private static void Write(Utf8JsonWriter json, IdentifyOutcome outcome)
    {
        var file = outcome.Hashed.File;
        json.WriteStartObject();
        json.WriteString("path", file.Path);
        json.WriteString("sha256", outcome.Hashed.Sha256?.Hex);
        json.WriteNumberOrNull("bytes", file.Refusal is null ? file.Stamp.Bytes : null);
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
        ErrorWriter.WriteProperty(json, outcome.Error);
        json.WriteEndObject();
    }

    private static void Version(Utf8JsonWriter json, IdentifiedVersion? version)
    {
        json.WriteNumberOrNull("modelId", version?.Model?.Value);
        json.WriteNumberOrNull("versionId", version?.Version.Value);
        json.WriteNumberOrNull("fileId", version?.File?.Value);
        json.WriteString("modelName", version?.ModelName);
        json.WriteString("versionName", version?.VersionName);
        json.WriteString("type", version?.ModelType);
        json.WriteString("baseModel", version?.BaseModel);
    }
}
