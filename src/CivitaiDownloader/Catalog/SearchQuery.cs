using CivitaiDownloader.Catalog.Searching;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog;

/// <summary>
/// What to search for. Everything that is null or empty is left open. What the API can filter it is asked to; the rest is applied while the models
/// come (<see cref="SearchReport.FilteredHere"/> says which), so a narrow search may read a long list.
/// </summary>
public sealed record SearchQuery
{
    /// <summary>Words to look for; the API then lists by relevance and ignores <see cref="Sort"/>.</summary>
    public string? Text { get; init; }

    /// <summary>Only these; null for any. They are asked for in portions, each sorted for itself. With <see cref="Text"/> they are without effect: give a filter.</summary>
    public IReadOnlyList<ModelId>? Ids { get; init; }

    /// <summary>Any of these, spelt as the API does; it refuses one it does not know.</summary>
    public IReadOnlyList<string> Types { get; init; } = [];

    /// <summary>Any of these, spelt as the API does; one it does not know matches nothing. Also narrows the versions that are shown.</summary>
    public IReadOnlyList<string> BaseModels { get; init; } = [];

    /// <summary>Exact tags, all of them. The API ignores one that it does not know, so they are looked up first.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>Tags of which the site makes its categories; not looked up.</summary>
    public IReadOnlyList<string> Categories { get; init; } = [];

    /// <summary>A user name, whole. The API refuses one it does not know.</summary>
    public string? Creator { get; init; }

    /// <summary>The number of a collection: only what is in it. The API refused every value when this was written.</summary>
    public long? Collection { get; init; }

    /// <summary>As the API names it (<c>Most Downloaded</c>); <c>Highest Rated</c> when null.</summary>
    public string? Sort { get; init; }

    /// <summary>Day, Week, Month, Year or AllTime: when the newest version came out.</summary>
    public string? Period { get; init; }

    /// <summary>How many models at most; null for all there are.</summary>
    public long? Limit { get; init; }

    /// <summary>Models with a picture of any of these ratings, as the site shows them. The API itself knows only safe-for-work and everything.</summary>
    public ContentRatings Ratings { get; init; } = ContentRatings.Pg;

    /// <summary>Short for all of <see cref="Ratings"/>.</summary>
    public bool AllRatings
    {
        get => Ratings == ContentRatings.All;
        init => Ratings = value ? ContentRatings.All : ContentRatings.Pg;
    }

    /// <summary>The newest shown version came out at this moment or later.</summary>
    public DateTimeOffset? PublishedAfter { get; init; }

    /// <summary>The newest shown version came out before this moment.</summary>
    public DateTimeOffset? PublishedBefore { get; init; }

    /// <summary>Counts that are hidden satisfy none of these bounds.</summary>
    public long? MinDownloads { get; init; }
    public long? MaxDownloads { get; init; }
    public long? MinLikes { get; init; }

    /// <summary>Thumbs up among all thumbs, 0 to 1; a model nobody has judged has none.</summary>
    public double? MinLikeRatio { get; init; }

    /// <summary>All of these must be granted: Image, RentCivit, Rent, Sell. <c>None</c> alone asks for models that grant nothing.</summary>
    public IReadOnlyList<string> CommercialUse { get; init; } = [];

    /// <summary>Only models whose licence says so, as for the two below; false for any.</summary>
    public bool AllowDerivatives { get; init; }
    public bool AllowNoCredit { get; init; }
    public bool AllowDifferentLicense { get; init; }

    /// <summary>Any of these: SafeTensor, PickleTensor, GGUF, Diffusers, Core ML, ONNX, Other.</summary>
    public IReadOnlyList<string> FileFormats { get; init; } = [];

    /// <summary>Some main file, of the formats asked for, is at most this large.</summary>
    public long? MaxFileBytes { get; init; }

    /// <summary>Only what the account of the key has marked. Needs a key.</summary>
    public bool Favorites { get; init; }

    /// <summary>Only what the account of the key has hidden. Needs a key.</summary>
    public bool Hidden { get; init; }

    /// <summary>Only by creators whom the account of the key follows. Needs a key, which is checked first: without a session the API ignores this.</summary>
    public bool Followed { get; init; }

    /// <summary>Trained or Merge: checkpoints of the other kind are left out. Without <see cref="Types"/> only checkpoints are asked for.</summary>
    public string? CheckpointType { get; init; }

    /// <summary>Only what Civitai's own generator can use.</summary>
    public bool SupportsGeneration { get; init; }

    /// <summary>Only what was trained on Civitai itself.</summary>
    public bool FromPlatform { get; init; }

    /// <summary>Public, Unsearchable, Private (with <see cref="Creator"/> only) or EarlyAccess, of old; what only the account of the key may see comes with its key.</summary>
    public string? Availability { get; init; }

    /// <summary>Models that were archived: their pages stay, their files are not offered any more.</summary>
    public Inclusion Archived { get; init; } = Inclusion.Exclude;

    /// <summary>Shows of each version its primary file only; filters of files look at no other then.</summary>
    public bool PrimaryFileOnly { get; init; }

    /// <summary>Models whose first shown version may still have to be bought.</summary>
    public Inclusion EarlyAccess { get; init; }

    /// <summary>Now, by the caller's clock: when early access is judged, and where periods end. Without it what has a date counts as still closed, and <see cref="PublishedAfter"/> spares no page.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>Further conditions, which only the caller can judge.</summary>
    public IReadOnlyList<ModelFilter> Filters { get; init; } = [];
}
