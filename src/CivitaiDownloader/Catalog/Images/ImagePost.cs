using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog.Images;

/// <summary>A published picture or clip (civitai-api 9). Null where the site did not say.</summary>
public sealed record ImagePost
{
    public required long Id { get; init; }
    public required Uri Url { get; init; }

    /// <summary>image, video, audio … or something newer.</summary>
    public string? Type { get; init; }

    /// <summary>Bit mask as in <see cref="Model.NsfwLevel"/>, also where the site says it in words.</summary>
    public int? NsfwLevel { get; init; }
    public int? Width { get; init; }
    public int? Height { get; init; }
    public DateTimeOffset? CreatedAt { get; init; }
    public long? Post { get; init; }

    /// <summary>A name of digits may have lost its leading zeros: the site sends it as a number.</summary>
    public string? Username { get; init; }
    public string? BaseModel { get; init; }
    public IReadOnlyList<ModelVersionId> Versions { get; init; } = [];
    public ImageReactions Reactions { get; init; } = new();

    /// <summary>What it was made with; null unless asked for, and where its author hides it.</summary>
    public ImageMeta? Meta { get; init; }

    /// <summary>The whole object as served, UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }
    public Provenance? Source { get; init; }
}

public sealed record ImageReactions
{
    public long? Likes { get; init; }
    public long? Hearts { get; init; }
    public long? Laughs { get; init; }
    public long? Cries { get; init; }
    public long? Dislikes { get; init; }
    public long? Comments { get; init; }
}

/// <summary>What a picture was made with, as its author's tool wrote it: any field may be missing, or be of another kind than usual.</summary>
public sealed record ImageMeta
{
    public string? Prompt { get; init; }
    public string? NegativePrompt { get; init; }
    public string? Sampler { get; init; }
    public long? Steps { get; init; }
    public double? CfgScale { get; init; }

    /// <summary>The digits as served: seeds are larger than any integer type (civitai-api 1.8).</summary>
    public string? Seed { get; init; }

    /// <summary>The whole object as served, unwrapped, UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }
}
