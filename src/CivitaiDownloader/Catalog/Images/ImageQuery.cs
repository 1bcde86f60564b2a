using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog.Images;

/// <summary>Which pictures to list (civitai-api 9). Everything that is null or empty is left open.</summary>
public sealed record ImageQuery
{
    public ModelId? Model { get; init; }
    public ModelVersionId? Version { get; init; }
    public long? Post { get; init; }
    public long? Image { get; init; }

    /// <summary>Letters, digits and underscores; the site refuses anything else.</summary>
    public string? Username { get; init; }

    /// <summary>Most Reactions, Most Comments, Most Collected, Newest, Oldest, Random. Ignored by the site when only <see cref="Model"/> is given.</summary>
    public string? Sort { get; init; }

    /// <summary>Day, Week, Month, Year, AllTime.</summary>
    public string? Period { get; init; }

    /// <summary>image, video or audio.</summary>
    public string? Type { get; init; }

    /// <summary>The site refuses a name that it does not know.</summary>
    public IReadOnlyList<string> BaseModels { get; init; } = [];

    /// <summary>Bit mask as in <see cref="Catalog.Model.NsfwLevel"/>; null for safe-for-work only.</summary>
    public int? Levels { get; init; }

    /// <summary>Asks for what each picture was made with. Prompts are as their authors wrote them.</summary>
    public bool WithMeta { get; init; }

    /// <summary>How many at most; null for all there are.</summary>
    public long? Limit { get; init; }
}
