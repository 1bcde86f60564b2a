using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog;

/// <summary>What a descriptive download address says of its file (civitai-api 7.1). Null where it says nothing.</summary>
public sealed record FileTraits
{
    /// <summary>Model, VAE, Training Data …</summary>
    public string? Type { get; init; }
    public string? Format { get; init; }
    public string? Size { get; init; }
    public string? Precision { get; init; }
    public string? QuantType { get; init; }

    /// <summary>In words, for messages.</summary>
    internal string Words => string.Join(" and ", new[] { Word("type", Type), Word("format", Format), Word("size", Size), Word("precision", Precision), Word("quantisation", QuantType) }.OfType<string>());

    private static string? Word(string name, string? value) => value is null ? null : $"the {name} '{VisibleText.OneLine(value, 40)}'";
}

/// <summary>Chooses a file as the site does for a descriptive address (civitai-api 6.1, 8.5), but never one of which more is known to differ.</summary>
internal static class FileTraitsChoice
{
    /// <exception cref="CatalogException">No file fits.</exception>
    public static ModelFile Choose(IReadOnlyList<ModelFile> files, string what, FileTraits wanted)
    {
        if (files.Count == 0) throw CatalogErrors.NoFiles(what);
        // The site scores first and refuses after; a file known to differ can never be what the address meant, so here it is left out before.
        var fitting = files.Where(file => Fits(file, wanted)).ToArray();
        if (fitting.Length == 0) throw CatalogErrors.NoSuchFile(what, wanted.Words, FileChoice.List(files));
        return fitting.OrderByDescending(file => Score(file, wanted)).First(); // stable: the site's order breaks ties
    }

    private static bool Fits(ModelFile file, FileTraits wanted) => (wanted.Type is null || Same(file.Type, wanted.Type))
        && MayBe(file.Format, wanted.Format) && MayBe(file.Size, wanted.Size) && MayBe(file.Precision, wanted.Precision) && MayBe(file.QuantType, wanted.QuantType);

    private static double Score(ModelFile file, FileTraits wanted) =>
        Points(100, file.Format, wanted.Format ?? "SafeTensor") + Points(10, file.Size, wanted.Size ?? "pruned")
        + Points(1, file.Precision, wanted.Precision ?? "fp16") + Points(0.5, file.QuantType, wanted.QuantType ?? "Q4_K_M")
        + (FileChoice.Weights.Contains(file.Type) ? 1000 : 0);

    private static double Points(double weight, string? has, string wanted) => has is null ? 0 : Same(has, wanted) ? weight : -weight;

    // Only what is asked for and known can differ.
    private static bool MayBe(string? has, string? wanted) => wanted is null || has is null || Same(has, wanted);

    private static bool Same(string has, string wanted) => has.Equals(wanted, StringComparison.OrdinalIgnoreCase);
}
