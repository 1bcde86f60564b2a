using System.Text.Json;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Verifying;

namespace CivitaiDownloader.Cli.Verify;

/// <summary>The document of <c>verify</c> (docs/formats/json-output.md).</summary>
internal static class VerifyJson
{
    public static void Write(VerifyReport report)
    {
        using var output = new JsonOutput();
        var json = output.Writer;
        json.WriteStartObject();
        json.WriteStartArray("files");
        foreach (var file in report.Files) Write(json, file);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, VerifiedFile file)
    {
        json.WriteStartObject();
        json.WriteString("path", file.Path);
        json.WriteString("sha256", file.Sha256?.Hex);
        json.WriteString("expected", file.Expected?.Hex);
        json.WriteString("status", VerifyScreen.Word(file.Status));
        json.WriteString("source", file.Source is { } source ? VerifyScreen.Word(source) : null);
        Number("bytes", file.Bytes);
        Number("modelId", file.Origin?.ModelId);
        Number("versionId", file.Origin?.VersionId);
        Number("fileId", file.Origin?.FileId);
        json.WritePropertyName("replacedBy");
        if (file.ReplacedBy is { } other)
        {
            json.WriteStartObject();
            Number("modelId", other.Model?.Value);
            Number("versionId", other.Version.Value);
            Number("fileId", other.File?.Value);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNullValue();
        }

        json.WritePropertyName("error");
        if (file.Error is { } error) ErrorWriter.Write(json, ErrorReport.Of(error, CancellationToken.None));
        else json.WriteNullValue();
        json.WriteEndObject();

        void Number(string name, long? value)
        {
            if (value is { } number) json.WriteNumber(name, number);
            else json.WriteNull(name);
        }
    }
}
