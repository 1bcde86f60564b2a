using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Exporting;
using CivitaiDownloader.Jobs.Store;

namespace CivitaiDownloader.Cli.Job;

/// <summary>The document of a command about several jobs: <c>{"jobs":[…]}</c>.</summary>
internal static class JobListJson
{
    public static void Write(IEnumerable<JobRecord> jobs)
    {
        using var output = new JsonOutput();
        var json = output.Writer;
        json.WriteStartObject();
        json.WriteStartArray("jobs");
        foreach (var job in jobs) JobJson.Write(json, job);
        json.WriteEndArray();
        json.WriteEndObject();
    }
}
