using System.Text.Json;
using CivitaiDownloader.Jobs.Store;

namespace CivitaiDownloader.Jobs.Exporting;

/// <summary>A job as programs read it (docs/formats/json-output.md).</summary>
public static class JobJson
{
    public static void Write(Utf8JsonWriter json, JobRecord job)
    {
        json.WriteStartObject();
        json.WriteNumber("id", job.Id.Value);
        json.WriteString("name", job.Name);
        json.WriteString("status", JobWords.Of(job.Status));
        json.WriteString("pausedFor", job.PausedFor is { } reason ? JobWords.Of(reason) : null);
        json.WriteString("strategy", JobWords.Of(job.Settings.Strategy));
        Write(json, "parallel", job.Settings.Parallel);
        json.WriteString("priority", JobWords.Of(job.Priority));
        Write(json, "limitRate", job.Settings.BytesPerSecond);
        json.WriteString("hours", job.Settings.Hours?.ToString());
        json.WriteString("library", job.Settings.Library);
        Write(json, "maxFailures", job.Settings.MaxFailures);
        json.WriteString("source", job.Source);
        json.WriteStartObject("counts");
        json.WriteNumber("total", job.Counts.Total);
        json.WriteNumber("completed", job.Counts.Completed);
        json.WriteNumber("failed", job.Counts.Failed);
        json.WriteNumber("skipped", job.Counts.Skipped);
        json.WriteNumber("quarantined", job.Counts.Quarantined);
        json.WriteNumber("pending", job.Counts.Pending);
        json.WriteNumber("processing", job.Counts.Processing);
        json.WriteNumber("waitingForSignIn", job.Counts.WaitingForSignIn);
        json.WriteNumber("cancelled", job.Counts.Cancelled);
        json.WriteEndObject();
        json.WriteNumber("bytesDone", job.Counts.BytesDone);
        json.WriteNumber("bytesTotal", job.Counts.BytesTotal);
        json.WriteString("createdAt", job.CreatedAt);
        Write(json, "startedAt", job.StartedAt);
        Write(json, "endedAt", job.EndedAt);
        json.WriteEndObject();
    }

    internal static void Write(Utf8JsonWriter json, string name, long? number)
    {
        if (number is { } known) json.WriteNumber(name, known);
        else json.WriteNull(name);
    }

    internal static void Write(Utf8JsonWriter json, string name, DateTimeOffset? moment)
    {
        if (moment is { } known) json.WriteString(name, known);
        else json.WriteNull(name);
    }
}
