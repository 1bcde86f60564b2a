using CivitaiDownloader.Catalog.Drift;

namespace CivitaiDownloader.Catalog.Searching;

/// <summary>Names as the site spells them, as of August 2026 (civitai-api 2.1). It adds some without notice: <see cref="Enumerations.EnumerationReader"/> asks for today's.</summary>
public static class KnownNames
{
    public static IReadOnlyList<string> Types { get; } = KnownValues.ModelType.Names;

    /// <summary>Also those that occur in data only and cannot be chosen on the site.</summary>
    public static IReadOnlyList<string> BaseModels { get; } = KnownValues.BaseModel.Names;

    public static IReadOnlyList<string> FileFormats { get; } = KnownValues.Format.Names;

    public static IReadOnlyList<string> CommercialUses { get; } = ["None", "Image", "RentCivit", "Rent", "Sell"];

    public static IReadOnlyList<string> Sorts { get; } = ["Highest Rated", "Most Downloaded", "Most Liked", "Most Discussed", "Most Collected", "Most Images", "Newest", "Oldest"];

    public static IReadOnlyList<string> Periods { get; } = ["Day", "Week", "Month", "Year", "AllTime"];

    public static IReadOnlyList<string> CheckpointTypes { get; } = ["Trained", "Merge"];

    public static IReadOnlyList<string> Availabilities { get; } = ["Public", "Unsearchable", "Private", "EarlyAccess"];

    /// <summary>Tags that the site shows as categories.</summary>
    public static IReadOnlyList<string> Categories { get; } =
    [
        "character", "style", "concept", "background", "poses", "vehicle", "clothing", "action", "animal", "assets", "base model", "buildings", "celebrity", "objects", "tool",
    ];
}
