using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Info;

/// <summary>Trained words ready to be copied: one entry a line as its creator grouped them, without what clings to them, each once (civitai-api 13).</summary>
internal static class TrainedWords
{
    private const int MostCharacters = 4_000; // whole prompts occur

    public static IReadOnlyList<string> Clean(IEnumerable<string> words) => [.. words
        .Select(word => VisibleText.OneLine(word, MostCharacters).Trim(' ', ',', ';'))
        .Where(word => word.Length > 0)
        .DistinctBy(word => word, StringComparer.OrdinalIgnoreCase)];
}
