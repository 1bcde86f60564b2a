using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Exporting;
using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Jobs.Store;

namespace CivitaiDownloader.Cli.Job.Create;

/// <summary>The document of <c>job create</c>: the job, its items, and what the plan said of them.</summary>
internal static class CreatedJson
{
    private const int FlushBytes = 1 << 16;

    public static async Task WriteAsync(JobPlan plan, JobRecord job, IJobStore store, CancellationToken cancellationToken)
    {
        using var output = new JsonOutput();
        var json = output.Writer;
        json.WriteStartObject();
        json.WritePropertyName("job");
        JobJson.Write(json, job);
        json.WriteStartArray("items");
        await foreach (var item in store.AllItemsAsync(job.Id, new() { Most = int.MaxValue }, cancellationToken))
        {
            ItemJson.Write(json, item);
            if (json.BytesPending > FlushBytes) output.Flush();
        }

        json.WriteEndArray();
        WritePlan(output, plan);
    }

    /// <summary>For a plan of which everything is there.</summary>
    public static void WriteNone(JobPlan plan)
    {
        using var output = new JsonOutput();
        output.Writer.WriteStartObject();
        output.Writer.WriteNull("job");
        output.Writer.WriteStartArray("items");
        output.Writer.WriteEndArray();
        WritePlan(output, plan);
    }

    private static void WritePlan(JsonOutput output, JobPlan plan)
    {
        output.Writer.WriteStartObject("plan");
        PlanJson.WriteTotals(output.Writer, plan);
        output.Writer.WriteEndObject();
        output.Writer.WriteEndObject();
    }
}
