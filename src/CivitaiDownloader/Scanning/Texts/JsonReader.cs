using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Texts;

/// <summary>JSON: whether it is whole, and whether a program that reads it would do more than read.</summary>
internal sealed class JsonReader : IContentReader
{
    public ContentKind Read(ScanItem item, ScanState state)
    {
        try
        {
            JsonInspection.Run(item, state, allowSeveral: item.Extension is ".jsonl" or ".ndjson");
            return ContentKind.Json;
        }
        catch (UnreadableException) when (item.Extension is ".txt" or ".md" or ".csv" or ".log" or ".cfg" or ".ini" or ".toml" or ".yaml" or ".yml" or ".jinja")
        {
            return ContentKind.Text; // notes and prompts begin with the same brackets, and nobody reads them as JSON
        }
    }
}
