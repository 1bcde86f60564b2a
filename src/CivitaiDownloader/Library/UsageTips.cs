using System.Globalization;
using System.Text.Json;

namespace CivitaiDownloader.Library;

/// <summary>
/// How to use a model, as files beside it tell: <c>NAME.json</c>, which Stable Diffusion web UI writes for what its user typed, and
/// <c>NAME.civitai.info</c> (docs/formats/sidecar.md). Written by people and other programs: hostile text.
/// </summary>
public sealed record UsageTips
{
    private const int MostBytes = 4 << 20;
    private const string WebUi = ".json";
    private const string Info = ".civitai.info";

    /// <summary>The weight its user prefers; null when none was set (the web UI writes 0 for that).</summary>
    public double? Weight { get; init; }

    /// <summary>Words that start its effect.</summary>
    public string? ActivationText { get; init; }
    public string? NegativeText { get; init; }
    public string? Notes { get; init; }

    /// <summary>Trained words as they were when the description was saved.</summary>
    public IReadOnlyList<string> SavedWords { get; init; } = [];

    public bool IsEmpty => this is { Weight: null, ActivationText: null, NegativeText: null, Notes: null, SavedWords.Count: 0 };

    /// <summary>What lies beside <paramref name="file"/>; empty where nothing does, or nothing that can be read.</summary>
    public static UsageTips Beside(LibraryFile file)
    {
        var tips = new UsageTips();
        if (Read(Path.ChangeExtension(file.Path, null) + WebUi) is { } typed)
        {
            using (typed)
            {
                tips = tips with
                {
                    Weight = Number(typed.RootElement, "preferred weight") is var weight and not 0 ? weight : null,
                    ActivationText = Text(typed.RootElement, "activation text"),
                    NegativeText = Text(typed.RootElement, "negative text"),
                    Notes = Text(typed.RootElement, "notes"),
                };
            }
        }

        if (Read(Path.ChangeExtension(file.Path, null) + Info) is { } saved)
        {
            using (saved) tips = tips with { SavedWords = Words(saved.RootElement) };
        }

        return tips;
    }

    private static JsonDocument? Read(string path)
    {
        try
        {
            if (new FileInfo(path) is not { Exists: true, Length: > 0 and < MostBytes }) return null;
            var document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
            return null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            return null; // somebody else's file: nothing depends on it
        }
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { } text && !string.IsNullOrWhiteSpace(text) ? text.Trim() : null;

    private static double? Number(JsonElement json, string name) => !json.TryGetProperty(name, out var value) ? null : value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetDouble(out var number) && double.IsFinite(number) => number,
        JsonValueKind.String when double.TryParse(value.GetString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => number,
        _ => null,
    };

    private static List<string> Words(JsonElement json) => json.TryGetProperty("trainedWords", out var words) && words.ValueKind == JsonValueKind.Array
        ? [.. words.EnumerateArray().Where(word => word.ValueKind == JsonValueKind.String).Select(word => word.GetString()!).Where(word => !string.IsNullOrWhiteSpace(word)).Take(1_000)]
        : [];
}
