using System.Text.Json;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Verifying;

namespace CivitaiDownloader.Cli.Verify;

/// <summary>The document of <c>verify</c> (docs/formats/json-output.md).</summary>
internal static class VerifyJson
{
    public static void Write(VerifyReport report, IEnumerable<string> skipped) => JsonOutput.WriteFiles(report.Files, Write, skipped);

    private static void Write(Utf8JsonWriter json, VerifiedFile file)
    {
        json.WriteStartObject();
        json.WriteString("path", file.Path);
        json.WriteString("sha256", file.Sha256?.Hex);
        json.WriteString("expected", file.Expected?.Hex);
        json.WriteString("status", VerifyScreen.Word(file.Status));
        json.WriteString("source", file.Source is { } source ? VerifyScreen.Word(source) : null);
        json.WriteNumberOrNull("bytes", file.Bytes);
        json.WriteNumberOrNull("modelId", file.Origin?.ModelId);
        json.WriteNumberOrNull("versionId", file.Origin?.VersionId);
        json.WriteNumberOrNull("fileId", file.Origin?.FileId);
        json.WritePropertyName("replacedBy");
        if (file.ReplacedBy is { } other)
        {
            json.WriteStartObject();
            json.WriteNumberOrNull("modelId", other.Model?.Value);
            json.WriteNumberOrNull("versionId", other.Version.Value);
            json.WriteNumberOrNull("fileId", other.File?.Value);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNullValue();
        }

        json.WriteStartArray("warnings");
        foreach (var sidecar in file.BrokenSidecars) json.WriteStringValue(VerifyScreen.Warning(sidecar));
        json.WriteEndArray();
        ErrorWriter.WriteProperty(json, file.Error is { } error ? ErrorReport.Of(error, CancellationToken.None) : null);
        json.WriteEndObject();
    }
}
