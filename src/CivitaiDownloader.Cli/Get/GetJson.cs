using System.Text.Json;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Running;
using CivitaiDownloader.Library;

namespace CivitaiDownloader.Cli.Get;

/// <summary>The document of <c>get</c> (docs/formats/json-output.md).</summary>
internal static class GetJson
{
    public static void Write(IEnumerable<GetOutcome> outcomes) => JsonOutput.WriteFiles(outcomes, Write);

    private static void Write(Utf8JsonWriter json, GetOutcome outcome)
    {
        var plan = outcome.Plan;
        var file = outcome.Result switch { ItemResult.Placed placed => placed.File, ItemResult.Present present => present.File, _ => outcome.Error is null ? plan?.Present : null };
        json.WriteStartObject();
        json.WriteString("target", outcome.Request.Text);
        json.WriteNumberOrNull("modelId", plan?.ModelId?.Value);
        json.WriteNumberOrNull("versionId", plan?.Version.Id.Value);
        json.WriteNumberOrNull("fileId", plan?.File.Id.Value);
        json.WriteString("name", plan?.File.Name);
        json.WriteString("path", file?.Path ?? plan?.Placement.Path);
        json.WriteNumberOrNull("bytes", file?.Bytes ?? plan?.File.EstimatedBytes);
        json.WriteString("sha256", file?.Sha256.Hex ?? plan?.File.Sha256?.Hex);
        json.WriteString("status", Status(outcome, file));
        json.WriteBoolean("verified", outcome.Error is null && file?.IsVerified == true);
        json.WriteString("verdict", file?.Verdict ?? "unknown");
        ErrorWriter.WriteProperty(json, outcome.Error);
        json.WriteEndObject();
    }

    private static string Status(GetOutcome outcome, LibraryFile? file) => outcome switch
    {
        { Error: not null } => "failed",
        { Result: ItemResult.Placed } => "placed",
        { Result: ItemResult.Present } => "present",
        _ => file is null ? "planned" : "present",
    };
}
