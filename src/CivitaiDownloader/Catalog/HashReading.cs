using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog;

/// <summary>Finds the file that a hash pointed at. For looking up only: whether content is what was announced is decided by whole digests alone.</summary>
public static class HashReading
{
    private const int ShownAutoV3 = 12;

    /// <summary>What a hash without its kind may be, by its number of digits; empty when no kind has so many.</summary>
    public static IReadOnlyList<ContentHash> Of(string hex)
    {
        var readings = new List<ContentHash>(3);
        foreach (var kind in Enum.GetValues<HashKind>())
        {
            if (ContentHash.TryParse(kind, hex, out var hash)) readings.Add(hash);
        }

        return readings;
    }

    /// <summary>Files that hold one of <paramref name="readings"/>; several with the same content count once.</summary>
    public static IReadOnlyList<ModelFile> FilesWith(IEnumerable<ModelFile> files, IReadOnlyList<ContentHash> readings) =>
        [.. files.Where(file => readings.Any(wanted => file.Hashes.Any(has => Same(has, wanted)))).DistinctBy(file => file.Sha256 is { } content ? content.Hex : $"file {file.Id}")];

    private static bool Same(ContentHash has, ContentHash wanted) => (has.Kind, wanted.Kind) switch
    {
        // 64 digits in 2023, twelve today: the same hash, shown longer (civitai-api 2.4).
        (HashKind.AutoV3, HashKind.AutoV3) => has.Hex[..ShownAutoV3] == wanted.Hex[..ShownAutoV3],
        (HashKind.Sha256, HashKind.AutoV2) => has.Hex.StartsWith(wanted.Hex, StringComparison.Ordinal),
        _ => has == wanted,
    };
}
