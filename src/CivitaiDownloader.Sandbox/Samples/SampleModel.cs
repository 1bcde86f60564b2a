using CivitaiDownloader.Sandbox.Content;

namespace CivitaiDownloader.Sandbox.Samples;

public sealed record SampleModel
{
    public required int Id { get; init; }
    public required string Name { get; init; }
    public required string Type { get; init; }

    /// <summary>Null for a deleted account: the key is absent then.</summary>
    public string? Creator { get; init; }

    /// <summary>Whether the key is there all the same, with a name of null.</summary>
    public bool IsCreatorNameless { get; init; }

    /// <summary>Shows a real person: in no list, and no file of it for anybody but its owner.</summary>
    public bool IsRealPerson { get; init; }
    public string? Description { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public bool Nsfw { get; init; }
    public int NsfwLevel { get; init; } = 1;
    public string? Mode { get; init; }
    public string Availability { get; init; } = "Public";

    /// <summary>How a checkpoint was made; null for everything else.</summary>
    public string? CheckpointType => Type != "Checkpoint" ? null : Id % 2 == 0 ? "Trained" : "Merge";

    /// <summary>Whether the generator could use it; there is none here.</summary>
    public bool SupportsGeneration => Id % 5 == 2;

    /// <summary>Trained on the site itself.</summary>
    public bool IsFromPlatform => Id % 4 == 1;

    /// <summary>Whether the one account here has marked it: some, the first curated model among them.</summary>
    public bool IsFavorite => Id % 7 == 1;

    /// <summary>Whether the one account here has hidden it.</summary>
    public bool IsHidden => Id % 7 == 2;

    /// <summary>Whether the one account here follows its creator.</summary>
    public bool IsFollowed => Creator is "ana_m" or "borealis";
    public CommercialUseForm CommercialUse { get; init; }

    /// <summary>Counts are null when the creator hides them, or nothing was counted yet.</summary>
    public int? Downloads { get; init; } = 0;
    public int? ThumbsUp { get; init; } = 0;
    public int? Comments { get; init; } = 0;

    /// <summary>False leaves the counts out altogether.</summary>
    public bool HasCounts { get; init; } = true;
    public required IReadOnlyList<SampleVersion> Versions { get; init; }

    /// <summary>When the newest version came out, which the creator need not show first.</summary>
    public DateTimeOffset PublishedAt => Versions.Max(version => version.PublishedAt);
}

/// <summary>The wire forms <c>allowCommercialUse</c> has had.</summary>
public enum CommercialUseForm
{
    Array,
    SetText,
    SingleText,
    EmptyArray,
    EmptySetText,
    NoneText,
    Null,
}

public sealed record SampleVersion
{
    public required int Id { get; init; }
    public required string Name { get; init; }
    public required string BaseModel { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public string? BaseModelType { get; init; }
    public string? Description { get; init; }
    public IReadOnlyList<string> TrainedWords { get; init; } = [];
    public SampleAccess Access { get; init; } = SampleAccess.Free;

    /// <summary>The end of early access; null for none or no end.</summary>
    public DateTimeOffset? EndsAt { get; init; }
    public required IReadOnlyList<SampleFile> Files { get; init; }
    public string Availability { get; init; } = "Public";

    /// <summary>A VAE of another version that this one is used with; null for none.</summary>
    public LinkedFile? LinkedVae { get; init; }
    public int Images { get; init; } = 1;

    /// <summary>What the first of the pictures are: image, video or audio; those beyond are images.</summary>
    public IReadOnlyList<string> Media { get; init; } = [];

    /// <summary>The files without those that a newer upload replaced.</summary>
    public IReadOnlyList<SampleFile> Current => Files.Any(file => file.IsSuperseded) ? [.. Files.Where(file => !file.IsSuperseded)] : Files;

    /// <summary>Whether it must be bought at this moment. A deadline that has passed opens it.</summary>
    public bool IsGated(DateTimeOffset now) => Access == SampleAccess.EarlyAccess && (EndsAt is null || now < EndsAt);
}

/// <summary>A file that belongs to another version.</summary>
public sealed record LinkedFile(int Version, SampleFile File);

public enum SampleAccess
{
    Free,
    EarlyAccess,
    LoginRequired,
    DownloadsDisabled,
    NoGrant,
    FileGone,
}

public sealed record SampleFile
{
    public required int Id { get; init; }
    public required string Name { get; init; }
    public string Type { get; init; } = "Model";
    public string? Format { get; init; } = "SafeTensor";
    public string? Precision { get; init; }
    public string? Size { get; init; }
    public string? QuantType { get; init; }

    /// <summary>The name its creator chose instead; not every endpoint shows it.</summary>
    public string? OverrideName { get; init; }

    /// <summary>A newer upload took its place.</summary>
    public bool IsSuperseded { get; init; }

    /// <summary>Kept in the B2-like store instead of the R2-like one: its links look different.</summary>
    public bool IsOnB2 { get; init; }

    /// <summary>How far the announced size is off, as that of old records is.</summary>
    public int SizeErrorBytes { get; init; }

    /// <summary>Null keeps the whole <c>metadata</c> object null.</summary>
    public bool HasMetadata { get; init; } = true;
    public required SampleContent Content { get; init; }

    /// <summary>What is announced when it is not the content's own.</summary>
    public SampleContent? Announced { get; init; }
    /// <summary>False while the site's scan is pending: no hash at all.</summary>
    public bool HasHashes { get; init; } = true;

    /// <summary>False for what was published before the site computed it: weaker hashes only.</summary>
    public bool HasSha256 { get => field && HasHashes; init; } = true;
    public string ScanResult { get; init; } = "Success";

    /// <summary>What the site's scanner wrote; null on newer files.</summary>
    public string? ScanMessage { get; init; }

    public SampleContent Declared => Announced ?? Content;

    /// <summary>Name and value, in the site's order. Computed when first asked for.</summary>
    public IEnumerable<(string Name, string Value)> ShownHashes
    {
        get
        {
            if (!HasHashes) yield break;
            var hashes = Declared.Hashes;
            if (hashes.AutoV1 is not null) yield return ("AutoV1", hashes.AutoV1);
            yield return ("AutoV2", hashes.AutoV2);
            if (HasSha256) yield return ("SHA256", hashes.Sha256);
            if (hashes.Crc32 is not null) yield return ("CRC32", hashes.Crc32);
            if (HasSha256 && hashes.Blake3 is not null) yield return ("BLAKE3", hashes.Blake3);
            if (HasSha256 && hashes.AutoV3 is not null) yield return ("AutoV3", hashes.AutoV3);
        }
    }
}
