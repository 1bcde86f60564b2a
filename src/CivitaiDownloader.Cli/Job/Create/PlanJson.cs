using System.Text.Json;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Exporting;
using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Library;

namespace CivitaiDownloader.Cli.Job.Create;

/// <summary>The document of <c>job create --dry-run</c> (docs/formats/json-output.md), its files as they come from the store.</summary>
internal static class PlanJson
{
    private const int FlushBytes = 1 << 16;

    public static async Task WriteAsync(JobPlan plan, IJobStore store, LibraryStore library, CancellationToken cancellationToken)
    {
        using var output = new JsonOutput();
        var json = output.Writer;
        json.WriteStartObject();
        json.WriteStartObject("plan");
        json.WriteStartArray("files");
        await foreach (var item in store.AllItemsAsync(plan.Draft, new() { Most = int.MaxValue }, cancellationToken))
        {
            ItemJson.WritePlanned(json, item, library.Plan(item.File.PlacementFacts, null).Path);
            if (json.BytesPending > FlushBytes) output.Flush();
        }

        json.WriteEndArray();
        WriteTotals(json, plan);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Everything of a plan but its files.</summary>
    public static void WriteTotals(Utf8JsonWriter json, JobPlan plan)
    {
        json.WriteNumber("bytes", plan.Files.Bytes);
        json.WriteNumber("needed", plan.Needed);
        json.WriteNumberOrNull("free", plan.Volumes.Count > 0 ? plan.Volumes[0].Free : null);
        Write(json, "toFetch", plan.ToFetch);
        Write(json, "present", plan.Present);
        json.WriteNumber("unknownSizes", plan.OfUnknownSize);
        json.WriteNumber("duplicates", plan.Duplicates);
        json.WriteNumber("accessUnknown", plan.AccessUnknown);
        json.WriteNumberOrNull("bytesPerSecond", plan.BytesPerSecond);
        json.WriteNumberOrNull("seconds", plan.Time is { } time ? (long)Math.Ceiling(time.TotalSeconds) : null);
        json.WriteString("stoppedBy", plan.StoppedBy);
        json.WriteBoolean("complete", !plan.IsIncomplete);
        WriteVolumes(json, plan.Volumes);
        WriteLeftOut(json, plan.LeftOut);
        WriteLicences(json, plan.Licences);
        WriteProblems(json, plan.Problems);
    }

    private static void WriteVolumes(Utf8JsonWriter json, IReadOnlyList<VolumeNeed> volumes)
    {
        json.WriteStartArray("volumes");
        foreach (var volume in volumes)
        {
            json.WriteStartObject();
            json.WriteString("path", volume.Path);
            json.WriteNumber("needed", volume.Needed);
            json.WriteNumberOrNull("free", volume.Free);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLeftOut(Utf8JsonWriter json, IReadOnlyList<LeftOut> rules)
    {
        json.WriteStartArray("leftOut");
        foreach (var rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("rule", rule.Rule);
            json.WriteNumber("count", rule.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteLicences(Utf8JsonWriter json, LicenceCounts counts)
    {
        json.WriteStartObject("licences");
        json.WriteNumber("noCommercialUse", counts.NoCommercialUse);
        json.WriteNumber("creditNeeded", counts.CreditNeeded);
        json.WriteNumber("noDerivatives", counts.NoDerivatives);
        json.WriteNumber("unknown", counts.Unknown);
        json.WriteEndObject();
    }

    private static void WriteProblems(Utf8JsonWriter json, IReadOnlyList<PlanProblem> problems)
    {
        json.WriteStartArray("problems");
        foreach (var problem in problems)
        {
            json.WriteStartObject();
            json.WriteString("kind", JobWords.Of(problem.Kind));
            json.WriteNumber("count", problem.Count);
            json.WriteString("message", PlanWords.Of(problem).Replace('\u00A0', ' '));
            json.WriteStartArray("examples");
            foreach (var example in problem.Examples) Write(json, example);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, PlanExample example)
    {
        json.WriteStartObject();
        json.WriteString("name", example.Name);
        json.WriteString("detail", example.Detail);
        if (example.At is { } until) json.WriteString("until", until);
        else json.WriteNull("until");
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, FileSum sum)
    {
        json.WriteStartObject(name);
        json.WriteNumber("files", sum.Count);
        json.WriteNumber("bytes", sum.Bytes);
        json.WriteEndObject();
    }
}
