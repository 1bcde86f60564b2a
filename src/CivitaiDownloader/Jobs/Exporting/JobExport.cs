using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CivitaiDownloader.Jobs.Store;

namespace CivitaiDownloader.Jobs.Exporting;

/// <summary>The forms a job can be written down in.</summary>
public enum JobExportFormat
{
    /// <summary><c>{"job":{…},"errors":[…],"items":[…]}</c> (docs/formats/json-output.md); <c>job create --from</c> reads it again.</summary>
    Json,

    /// <summary>A row for each item, RFC 4180; <c>job create --from</c> reads it again.</summary>
    Csv,

    /// <summary>A page for people.</summary>
    Markdown,
}

/// <summary>Writes down what became of every item of a job, as it is read: a job may have 100,000.</summary>
public static class JobExport
{
    private const int WrittenAtOnce = 64 << 10;

    /// <summary>Writes UTF-8 without a mark. The stream stays open.</summary>
    /// <exception cref="IOException">The stream refuses.</exception>
    public static async Task WriteAsync(IJobStore store, JobRecord job, JobExportFormat format, Stream to, CancellationToken cancellationToken = default)
    {
        if (format == JobExportFormat.Json)
        {
            await WriteJsonAsync(store, job, new() { Most = int.MaxValue }, to, cancellationToken);
            return;
        }

        await using var text = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), WrittenAtOnce, leaveOpen: true) { NewLine = "\n" };
        if (format == JobExportFormat.Csv) await JobCsv.WriteAsync(store, job, text, cancellationToken);
        else await JobMarkdown.WriteAsync(store, job, text, cancellationToken);
    }

    /// <summary>As <see cref="JobExportFormat.Json"/>, with some of the items only.</summary>
    public static async Task WriteJsonAsync(IJobStore store, JobRecord job, ItemFilter filter, Stream to, CancellationToken cancellationToken = default)
    {
        // Names in every script stay readable; it is a file or a pipe, never a page, and control characters are escaped all the same.
        await using var json = new Utf8JsonWriter(to, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WritePropertyName("job");
        JobJson.Write(json, job);
        json.WriteStartArray("errors");
        foreach (var group in await store.ErrorsAsync(job.Id, cancellationToken))
        {
            json.WriteStartObject();
            json.WriteString("code", group.Code);
            json.WriteString("message", group.Message);
            json.WriteString("hint", group.Hint);
            json.WriteNumber("count", group.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("items");
        await foreach (var item in store.AllItemsAsync(job.Id, filter, cancellationToken))
        {
            ItemJson.Write(json, item);
            if (json.BytesPending > WrittenAtOnce) await json.FlushAsync(cancellationToken);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        await json.FlushAsync(cancellationToken);
        to.WriteByte((byte)'\n');
    }
}
