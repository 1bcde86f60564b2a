using System.Globalization;
using System.Text.RegularExpressions;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog;

/// <summary>One version of a model, in any of the forms the endpoints give it.</summary>
public sealed record ModelVersion
{
    public required ModelVersionId Id { get; init; }

    /// <summary>Hostile text; <c>version</c> and its number when missing.</summary>
    public required string Name { get; init; }

    /// <summary>Null where the site did not say: lists do not repeat it in each version.</summary>
    public ModelId? ModelId { get; init; }

    /// <summary>As the site names it (<see cref="Searching.KnownNames.BaseModels"/>) … or something newer.</summary>
    public string? BaseModel { get; init; }

    /// <summary>Standard, Inpainting, Refiner, Pix2Pix … or something newer.</summary>
    public string? BaseModelType { get; init; }

    /// <summary>When it came out; where that is missing, when it was made.</summary>
    public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Not in lists since 2024.</summary>
    public DateTimeOffset? CreatedAt { get; init; }

    /// <summary>On a version's own page only.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Published … or, to its owner, another of the site's states.</summary>
    public string? Status { get; init; }

    /// <summary>Bit mask as in <see cref="Catalog.Model.NsfwLevel"/>.</summary>
    public int? NsfwLevel { get; init; }

    /// <summary>Null on a version's own page, which does not say.</summary>
    public bool? SupportsGeneration { get; init; }

    /// <summary>The version whose VAE this one is linked with; lists and a model's page say it.</summary>
    public ModelVersionId? VaeVersion { get; init; }

    /// <summary>Public, Unsearchable, Private, EarlyAccess … or something newer.</summary>
    public string? Availability { get; init; }

    /// <summary>HTML as its creator wrote it; hostile.</summary>
    public string? Description { get; init; }

    /// <summary>As written by the creator: may hold commas, markup, whole prompts.</summary>
    public IReadOnlyList<string> TrainedWords { get; init; } = [];

    /// <summary>Null when the version was free from the start. It may be over: <see cref="EarlyAccess.MayBeClosedAt"/>.</summary>
    public EarlyAccess? EarlyAccess { get; init; }

    /// <summary>Only <c>Download</c> (or null) can be downloaded.</summary>
    public string? UsageControl { get; init; }

    /// <summary>Its name in the AIR scheme, <c>urn:air:…</c>; not in lists.</summary>
    public string? Air { get; init; }

    /// <summary>Empty for an archived model: its files are not offered.</summary>
    public IReadOnlyList<ModelFile> Files { get; init; } = [];
    public IReadOnlyList<ModelImage> Images { get; init; } = [];

    /// <summary>The model's facts, where only the version was asked for.</summary>
    public ModelSummary? Model { get; init; }

    /// <summary>The whole object as served, UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>Null when it does not come from the API.</summary>
    public Provenance? Source { get; init; }
}

/// <summary>What <c>/model-versions</c> says of the model. It names no creator.</summary>
public sealed record ModelSummary(string Name, string Type, string? Mode);

/// <summary>Paid or early access. Whether it is open to the caller only the download itself tells.</summary>
/// <param name="Permanent">It has to be bought, however long one waits.</param>
/// <param name="EndsAt">Null when it never ends or no date was set.</param>
public sealed record EarlyAccess(bool Permanent, DateTimeOffset? EndsAt)
{
    /// <summary>True unless it is known to be over by then.</summary>
    public bool MayBeClosedAt(DateTimeOffset now) => Permanent || EndsAt is null || EndsAt > now;
}

/// <summary>A preview picture or clip.</summary>
/// <param name="NsfwLevel">Bit mask as in <see cref="Catalog.Model.NsfwLevel"/>.</param>
/// <param name="Address">An absolute address that <see cref="Url"/> can be made of. Kept as text: a page has thousands of pictures, and few of them are looked at.</param>
public sealed partial record ModelImage(string Address, string? Type, int? NsfwLevel, int? Width, int? Height)
{
    public Uri Url => new(Address);

    /// <summary>The picture's number, said or taken from its address; null for pictures of 2023 and before.</summary>
    public long? Id { get; init; }

    public bool IsStill => Type is null or "image";

    /// <summary>Rated for everyone. One that is not rated is not.</summary>
    public bool IsSafeForWork => NsfwLevel == 1;

    /// <summary>The address of a copy <paramref name="width"/> pixels wide, where the address has a part that says the size (civitai-api 2.7); else the address itself.</summary>
    public Uri AtWidth(int width) => new(SizePart().Replace(Url.AbsoluteUri, string.Create(CultureInfo.InvariantCulture, $"/width={width}/"), 1));

    [GeneratedRegex("/(?:original=true|width=[0-9]+)(?:,[^/]*)?/")]
    private static partial Regex SizePart();
}
