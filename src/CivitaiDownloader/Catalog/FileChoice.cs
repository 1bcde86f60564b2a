using System.Globalization;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog;

/// <summary>Which of a version's files is wanted.</summary>
public sealed record FilePreferences
{
    /// <summary>A file's name or id; null to choose by the rest.</summary>
    public string? File { get; init; }

    /// <summary>Only this format (SafeTensor, PickleTensor, GGUF …).</summary>
    public string? Format { get; init; }

    /// <summary>Only this precision (fp16, fp32, bf16 …).</summary>
    public string? Precision { get; init; }

    /// <summary>Words tried in this order: a format, a precision, full or pruned, or a quantisation.</summary>
    public IReadOnlyList<string> Prefer { get; init; } = [];
}

/// <summary>Chooses one file of a version: what was asked for, then what was preferred, SafeTensor before PickleTensor, then the API's primary.</summary>
public static class FileChoice
{
    /// <summary>Types of files that hold a model.</summary>
    internal static readonly HashSet<string> Weights = ["Model", "Pruned Model", "Diffusion Model", "UNet"];
    private static readonly HashSet<string> Companions = ["Training Data", "Config"];

    /// <param name="what">What the version is called in an error.</param>
    /// <exception cref="CatalogException">Nothing fits, or a name fits more than one (<see cref="CatalogFault.NoSuchFile"/>, <see cref="CatalogFault.AmbiguousFile"/>).</exception>
    public static ModelFile Choose(ModelVersion version, string what, FilePreferences wanted)
    {
        if (version.Files.Count == 0) throw CatalogErrors.NoFiles(what);
        if (wanted.File is { } named) return ByName(version, what, named);
        var fitting = version.Files.Where(file => Fits(file, wanted)).ToArray();
        if (fitting.Length == 0) throw CatalogErrors.NoSuchFile(what, Describe(wanted), List(version.Files));
        // The order of sorting is the order of the rule; the API's own order breaks ties.
        return fitting
            .OrderBy(file => Companions.Contains(file.Type))
            .ThenBy(file => Rank(file, wanted.Prefer))
            .ThenBy(file => file.Format == "PickleTensor" && fitting.Any(other => other.IsSafeTensor && Weights.Contains(other.Type) && !Companions.Contains(file.Type)))
            .ThenBy(file => !file.IsPrimary)
            .ThenBy(file => !Weights.Contains(file.Type))
            .First();
    }

    /// <summary>The files of a version in one line, each with its id.</summary>
    public static string List(IEnumerable<ModelFile> files) => string.Join("; ", files.Take(12).Select(file =>
        $"{file.Id} '{VisibleText.OneLine(file.Name, 60)}' ({string.Join(", ", Facts(file))})"));

    private static ModelFile ByName(ModelVersion version, string what, string named)
    {
        if (long.TryParse(named, NumberStyles.None, CultureInfo.InvariantCulture, out var id) && version.Files.FirstOrDefault(file => file.Id.Value == id) is { } byId) return byId;
        var found = version.Files.Where(file => file.Name.Equals(named, StringComparison.OrdinalIgnoreCase)).ToArray();
        return found.Length switch
        {
            1 => found[0],
            0 => throw CatalogErrors.NoSuchFile(what, $"the name or id '{VisibleText.OneLine(named, 80)}'", List(version.Files)),
            _ => throw CatalogErrors.AmbiguousFile(named, List(found)),
        };
    }

    private static bool Fits(ModelFile file, FilePreferences wanted) => Is(file.Format, wanted.Format) && Is(file.Precision, wanted.Precision);

    private static bool Is(string? has, string? wanted) => wanted is null || string.Equals(has, wanted, StringComparison.OrdinalIgnoreCase);

    private static int Rank(ModelFile file, IReadOnlyList<string> prefer)
    {
        for (var rank = 0; rank < prefer.Count; rank++)
        {
            var word = prefer[rank];
            if (new[] { file.Format, file.Precision, file.Size, file.QuantType, file.Type }.Any(has => has is not null && Is(has, word))) return rank;
        }

        return prefer.Count;
    }

    private static string Describe(FilePreferences wanted) => string.Join(" and ", new[]
    {
        wanted.Format is null ? null : $"the format '{VisibleText.OneLine(wanted.Format, 40)}'",
        wanted.Precision is null ? null : $"the precision '{VisibleText.OneLine(wanted.Precision, 40)}'",
    }.OfType<string>());

    private static IEnumerable<string> Facts(ModelFile file) =>
        new[] { file.Type, file.Format, file.Precision, file.Size, file.QuantType }.OfType<string>().Select(fact => VisibleText.OneLine(fact, 30));
}
