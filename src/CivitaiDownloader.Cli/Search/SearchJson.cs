using System.Text.Json;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.Rendering;

namespace CivitaiDownloader.Cli.Search;

/// <summary>The document of a search (docs/formats/json-output.md), each model as soon as it is known. Cut short by an error, it is still a document.</summary>
internal sealed class SearchJson : ISearchPrinter
{
    private readonly JsonOutput _output = new();
    private readonly SearchRun _run;

    public SearchJson(SearchRun run)
    {
        _run = run;
        _output.Writer.WriteStartObject();
        _output.Writer.WriteStartArray("items");
    }

    public void Print(SearchRow row)
    {
        ServedJson.WriteModel(_output.Writer, row.Model.Json, row.Library.HasAnyOf(row.Model));
        _output.Flush();
    }

    public void Dispose()
    {
        var (json, report) = (_output.Writer, _run.Report);
        json.WriteEndArray();
        json.WriteBoolean("complete", report.IsComplete);
        json.WriteNumber("found", report.Found);
        json.WriteNumber("lookedAt", report.LookedAt);
        json.WriteNumber("skipped", report.Skipped);
        json.WriteNumber("duplicates", report.Duplicates);
        json.WriteNumber("pages", report.Pages);
        if (report.Announced is { } announced) json.WriteNumber("announced", announced);
        else json.WriteNull("announced");
        WriteFilters(json);
        json.WriteStartArray("warnings");
        foreach (var warning in _run.Warnings.Concat(SearchSummary.Warnings(report))) json.WriteStringValue(warning);
        json.WriteEndArray();
        json.WriteEndObject();
        _output.Dispose();
    }

    private void WriteFilters(Utf8JsonWriter json)
    {
        json.WriteStartArray("filteredHere");
        foreach (var (filter, dropped) in _run.FilteredHere)
        {
            json.WriteStartObject();
            json.WriteString("filter", filter);
            json.WriteNumber("dropped", dropped);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
