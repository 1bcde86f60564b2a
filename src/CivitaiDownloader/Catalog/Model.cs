using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog;

/// <summary>A model as Civitai publishes it. Enumerations are kept as the text that came: new members appear without notice.</summary>
public sealed record Model
{
    public required ModelId Id { get; init; }

    /// <summary>Hostile text; <c>model</c> and its number when missing.</summary>
    public required string Name { get; init; }

    /// <summary>LORA, Checkpoint, TextualInversion … or something newer; <c>Other</c> when missing.</summary>
    public required string Type { get; init; }

    /// <summary><c>Archived</c> or <c>TakenDown</c>; null for an ordinary model.</summary>
    public string? Mode { get; init; }

    /// <summary>HTML as its creator wrote it; hostile.</summary>
    public string? Description { get; init; }

    /// <summary>The creator's own flag; what the pictures show is in <see cref="NsfwLevel"/>.</summary>
    public bool? Nsfw { get; init; }

    /// <summary>Bit mask: 1 PG, 2 PG-13, 4 R, 8 X, 16 XXX, 32 blocked; 0 not rated yet.</summary>
    public int? NsfwLevel { get; init; }

    /// <summary>Public, Unsearchable, Private, EarlyAccess … or something newer.</summary>
    public string? Availability { get; init; }

    /// <summary>Flagged as showing a minor.</summary>
    public bool? Minor { get; init; }

    /// <summary>It shows a real person (<c>poi</c>).</summary>
    public bool? RealPerson { get; init; }

    /// <summary>Civitai's own generator can use it.</summary>
    public bool? SupportsGeneration { get; init; }

    /// <summary>Null when the account is gone.</summary>
    public string? Creator { get; init; }

    /// <summary>The account's number; since 2026.</summary>
    public long? CreatorId { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public License License { get; init; } = new();
    public ModelStats Stats { get; init; } = new();

    /// <summary>In the creator's order, which is not always by date. A search for base models shows theirs only.</summary>
    public IReadOnlyList<ModelVersion> Versions { get; init; } = [];

    /// <summary>The whole object as served, UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }

    /// <summary>Null when it does not come from the API.</summary>
    public Provenance? Source { get; init; }

    public bool IsArchived => Mode == "Archived";

    /// <summary>When the newest of the versions here came out; null where no date came.</summary>
    public DateTimeOffset? NewestAt => Versions.Max(version => version.PublishedAt);
}

/// <summary>What the creator allows. Null where the API did not say.</summary>
public sealed record License
{
    public bool? AllowNoCredit { get; init; }
    public bool? AllowDerivatives { get; init; }
    public bool? AllowDifferentLicense { get; init; }

    /// <summary>Image, RentCivit, Rent, Sell, or something newer; empty when nothing is granted. Of the single words of 2023, with the weaker ones each of them included.</summary>
    public IReadOnlyList<string> CommercialUse { get; init; } = [];
}

/// <summary>Counters; null where the creator hides them or the model is fresh.</summary>
public sealed record ModelStats
{
    public long? Downloads { get; init; }
    public long? ThumbsUp { get; init; }
    public long? ThumbsDown { get; init; }
    public long? Comments { get; init; }

    /// <summary>Thumbs up among all thumbs, 0 to 1; null when nobody has judged or the counts are hidden.</summary>
    public double? LikeRatio => ThumbsUp is >= 0 and var up && ThumbsDown is >= 0 and var down && up + down > 0 ? (double)up / (up + down) : null;
}
