using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Http;

namespace CivitaiDownloader.Cli.Doctor;

/// <summary>The report as a document (docs/formats/json-output.md).</summary>
internal static class DoctorJson
{
    public static async Task<IReadOnlyList<CheckResult>> WriteAsync(IAsyncEnumerable<(Check Check, CheckResult Result)> results)
    {
        var found = new List<CheckResult>();
        using var output = new JsonOutput();
        var json = output.Writer;
        json.WriteStartObject();
        json.WriteString("version", Product.Version);
        json.WriteString("commit", VersionText.Commit);
        json.WriteString("runtime", VersionText.Runtime);
        json.WriteString("os", VersionText.Machine);
        json.WriteStartArray("checks");
        await foreach (var (check, result) in results)
        {
            found.Add(result);
            json.WriteStartObject();
            json.WriteString("name", check.Name);
            json.WriteString("status", result.Status.ToString().ToLowerInvariant());
            json.WriteString("message", result.Message);
            json.WriteString("hint", result.Hint);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        return found;
    }
}
