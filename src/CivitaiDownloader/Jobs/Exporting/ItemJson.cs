using System.Text.Json;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;

namespace CivitaiDownloader.Jobs.Exporting;

/// <summary>An item of a job as programs read it: what a file of <c>get</c> has, and what only items have.</summary>
public static class ItemJson
{
    public static void Write(Utf8JsonWriter json, ItemRecord item) => Write(json, item, Status(item.Status));

    /// <summary>An item of a plan, of which nothing was done.</summary>
    /// <param name="path">Where it would go.</param>
    public static void WritePlanned(Utf8JsonWriter json, ItemRecord item, string path) =>
        Write(json, item with { Path = item.Path ?? path }, item.Status == ItemStatus.Skipped ? "present" : "planned");

    /// <summary>The words of <c>get</c> where it has one for it.</summary>
    public static string Status(ItemStatus status) => status switch
    {
        ItemStatus.Completed => "placed",
        ItemStatus.Skipped => "present",
        _ => JobWords.Of(status),
    };

    private static void Write(Utf8JsonWriter json, ItemRecord item, string status)
    {
        var file = item.File;
        json.WriteStartObject();
        json.WriteNumber("id", item.Id.Value);
        json.WriteString("target", file.Target);
        JobJson.Write(json, "modelId", file.Model?.Value);
        json.WriteNumber("versionId", file.Version.Value);
        json.WriteNumber("fileId", file.File.Value);
        json.WriteString("name", file.FileName);
        json.WriteString("modelName", file.ModelName);
        json.WriteString("versionName", file.VersionName);
        json.WriteString("path", item.Path);
        JobJson.Write(json, "bytes", file.Bytes);
        json.WriteString("sha256", item.Sha256 ?? file.Hashes.Where(hash => hash.Kind == Primitives.HashKind.Sha256).Select(hash => hash.Hex).FirstOrDefault());
        json.WriteString("status", status);
        json.WriteString("stage", item.Stage is { } stage ? JobWords.Of(stage) : null);
        json.WriteBoolean("verified", item.IsVerified);
        json.WriteString("verdict", item.Verdict);
        json.WriteString("priority", JobWords.Of(item.Priority));
        json.WriteNumber("attempts", item.Attempts);
        JobJson.Write(json, "notBefore", item.NotBefore);
        json.WriteNumber("bytesFetched", item.BytesFetched);
        json.WriteStartObject("seconds");
        Write(json, "resolving", item.Times.Resolving);
        Write(json, "downloading", item.Times.Downloading);
        Write(json, "verifying", item.Times.Verifying);
        Write(json, "scanning", item.Times.Scanning);
        Write(json, "placing", item.Times.Placing);
        json.WriteEndObject();
        JobJson.Write(json, "startedAt", item.StartedAt);
        JobJson.Write(json, "endedAt", item.EndedAt);
        json.WriteString("note", item.Note);
        Write(json, item.Error);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, TimeSpan? span)
    {
        if (span is { } known) json.WriteNumber(name, Math.Round(known.TotalSeconds, 3));
        else json.WriteNull(name);
    }

    private static void Write(Utf8JsonWriter json, ItemError? error)
    {
        if (error is null)
        {
            json.WriteNull("error");
            return;
        }

        json.WriteStartObject("error");
        json.WriteString("code", error.Code);
        json.WriteString("message", error.Message);
        json.WriteString("hint", error.Hint);
        json.WriteNumber("exitCode", error.ExitCode);
        json.WriteEndObject();
    }
}
