using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs;

namespace CivitaiDownloader.Cli.Search;

/// <summary>The document of a search (docs/formats/json-output.md), each model as soon as it is known. Cut short by an error, it is still a document.</summary>
internal static class SearchJson
{
    public static async Task WriteAsync(IAsyncEnumerable<Model> models, SearchReport report, LibraryView library)
    {
        using var output = new JsonOutput();
        var json = output.Writer;
        json.WriteStartObject();
        json.WriteStartArray("items");
        try
        {
            await foreach (var model in models)
            {
                ServedJson.WriteModel(json, model.Json, library.HasAnyOf(model));
                output.Flush();
            }
        }
        finally
        {
            json.WriteEndArray();
            json.WriteBoolean("complete", report.IsComplete);
            json.WriteEndObject();
        }
    }
}
