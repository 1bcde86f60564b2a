using System.Text.Json;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Exporting;
using CivitaiDownloader.Jobs.Following;
using CivitaiDownloader.Jobs.Running;

namespace CivitaiDownloader.Cli.Job;

/// <summary>What happens to a job, an event a line (docs/formats/json-output.md).</summary>
internal static class JobEventJson
{
    public static void Write(JobEvent happened)
    {
        using var output = new JsonOutput();
        var json = output.Writer;
        json.WriteStartObject();
        switch (happened)
        {
            case JobEvent.JobChanged { Job: var job }:
                json.WriteString("event", "job");
                json.WritePropertyName("job");
                JobJson.Write(json, job);
                break;
            case JobEvent.ItemChanged { Item: var item }:
                json.WriteString("event", "item");
                json.WriteNumber("job", item.Job.Value);
                json.WritePropertyName("item");
                ItemJson.Write(json, item);
                break;
        }

        json.WriteEndObject();
    }

    /// <summary>How far this process is, once a second.</summary>
    public static void WriteProgress(IReadOnlyList<JobRunSnapshot> runs)
    {
        foreach (var run in runs)
        {
            using var output = new JsonOutput();
            var json = output.Writer;
            json.WriteStartObject();
            json.WriteString("event", "progress");
            json.WriteNumber("job", run.Job.Id.Value);
            json.WriteString("limit", Limit(run.Limit));
            json.WriteNumber("bytesDone", run.Job.Counts.BytesDone + run.Running.Sum(running => running.Transfer.Present));
            json.WriteNumber("bytesTotal", run.Job.Counts.BytesTotal);
            json.WriteStartArray("running");
            foreach (var running in run.Running)
            {
                json.WriteStartObject();
                json.WriteNumber("id", running.Item.Id.Value);
                json.WriteString("name", running.Item.File.FileName);
                json.WriteString("stage", JobWords.Of(running.Stage));
                json.WriteNumber("bytesPresent", running.Transfer.Present);
                json.WriteNumberOrNull("bytes", running.Transfer.Total ?? running.Item.File.Bytes);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }
    }

    private static string? Limit(JobLimit limit) => limit switch
    {
        JobLimit.None => null, JobLimit.NoSpace => "no-space", JobLimit.SignIn => "sign-in", JobLimit.NetworkGone => "network-gone", _ => limit.ToString().ToLowerInvariant(),
    };
}
