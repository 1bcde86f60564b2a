using CivitaiDownloader.Sandbox.Content;

namespace CivitaiDownloader.Sandbox.Samples;

public sealed record SampleModel
{
    public required int Id { get; init; }
    public required string Name { get; init; }
    public required string Type { get; init; }

    /// <summary>Null for a deleted account: the key is absent then.</summary>
    public string? Creator { get; init; }
    public string? Description { get; init; }
    public IReadOnlyList<string> Tags { get; init; } = [];
    public bool Nsfw { get; init; }
    public int NsfwLevel { get; init; } = 1;
    public string? Mode { get; init; }
    public string Availability { get; init; } = "Public";
    public CommercialUseForm CommercialUse { get; init; }

    /// <summary>Null when the creator hides it.</summary>
    public int? Downloads { get; init; } = 0;
    public int ThumbsUp { get; init; }
    public int Comments { get; init; }
    public required IReadOnlyList<SampleVersion> Versions { get; init; }

    public DateTimeOffset PublishedAt => Versions[0].PublishedAt;
}

/// <summary>The wire forms <c>allowCommercialUse</c> has had.</summary>
public enum CommercialUseForm
{
    Array,
    SetText,
    SingleText,
    EmptyArray,
}

public sealed record SampleVersion
{
    public required int Id { get; init; }
    public required string Name { get; init; }
    public required string BaseModel { get; init; }
    public required DateTimeOffset PublishedAt { get; init; }
    public string? Description { get; init; }
    public IReadOnlyList<string> TrainedWords { get; init; } = [];
    public SampleAccess Access { get; init; } = SampleAccess.Free;

    /// <summary>The end of early access; null for none or no end.</summary>
    public DateTimeOffset? EndsAt { get; init; }
    public required IReadOnlyList<SampleFile> Files { get; init; }
    public int Images { get; init; } = 1;
}

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

    /// <summary>Null keeps the whole <c>metadata</c> object null.</summary>
    public bool HasMetadata { get; init; } = true;
    public required SampleContent Content { get; init; }

    /// <summary>What is announced when it is not the content's own.</summary>
    public SampleContent? Announced { get; init; }
    public bool HasHashes { get; init; } = true;
    public string ScanResult { get; init; } = "Success";

    public SampleContent Declared => Announced ?? Content;
}
