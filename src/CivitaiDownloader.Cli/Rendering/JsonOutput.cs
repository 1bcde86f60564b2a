using System.Text.Encodings.Web;
using System.Text.Json;

namespace CivitaiDownloader.Cli.Rendering;

/// <summary>The one JSON document on standard output, written as it comes.</summary>
internal sealed class JsonOutput : IDisposable
{
    private const int MostPending = 64 * 1024;

    private readonly Stream _stream = StandardOutput.Open();

    // Names in every script stay readable; it is a file or a pipe, never a page, and control characters are escaped all the same.
    public JsonOutput() => Writer = new(_stream, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    public Utf8JsonWriter Writer { get; }

    /// <summary>The document of a command whose answer is about files: <c>{"files":[…]}</c>.</summary>
    public static void WriteFiles<T>(IEnumerable<T> files, Action<Utf8JsonWriter, T> write, IEnumerable<string>? skipped = null, IEnumerable<string>? warnings = null)
    {
        using var output = new JsonOutput();
        var json = output.Writer;
        json.WriteStartObject();
        json.WriteStartArray("files");
        foreach (var file in files) write(json, file);
        json.WriteEndArray();
        if (skipped is not null)
        {
            json.WriteStartArray("skipped");
            foreach (var path in skipped) json.WriteStringValue(Path.GetFullPath(path));
            json.WriteEndArray();
        }

        if (warnings is not null)
        {
            json.WriteStartArray("warnings");
            foreach (var warning in warnings) json.WriteStringValue(warning);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    /// <summary>Hands on what was written so far.</summary>
    public void Flush() => Writer.Flush();

    /// <summary>As <see cref="Flush"/>, once enough has come together: for documents of many files, which need not be in memory whole.</summary>
    public void FlushIfLarge()
    {
        if (Writer.BytesPending > MostPending) Writer.Flush();
    }

    /// <summary>Ends one document of several, each on a line of its own.</summary>
    public void EndLine()
    {
        Writer.Flush();
        Writer.Reset();
        _stream.Write("\n"u8);
        _stream.Flush();
    }

    public void Dispose()
    {
        if (Writer.BytesCommitted + Writer.BytesPending > 0) EndLine();
        Writer.Dispose();
    }
}
