using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog.Vaults;

/// <summary>A member's vault: model versions the site keeps for them even when their creators take them away (civitai-api 10).</summary>
public sealed record Vault
{
    public required long User { get; init; }

    /// <summary>KiB the membership allows.</summary>
    public double? StorageKB { get; init; }
    /// <summary>KiB that are taken.</summary>
    public double? UsedStorageKB { get; init; }
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The whole object as served, UTF-8 JSON.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }
    public Provenance? Source { get; init; }
}

/// <summary>One version in a vault. Names are those of the day it went in.</summary>
public sealed record VaultItem
{
    public required long Id { get; init; }

    /// <summary>Pending, Stored or Failed … or something newer. Files are there only once it is stored.</summary>
    public string? Status { get; init; }
    public ModelId? Model { get; init; }
    public ModelVersionId? Version { get; init; }

    /// <summary>Hostile text, like the two below.</summary>
    public string? ModelName { get; init; }
    public string? VersionName { get; init; }
    public string? Creator { get; init; }
    public string? Type { get; init; }
    public string? BaseModel { get; init; }
    public string? Category { get; init; }

    /// <summary>KiB, of all its files.</summary>
    public double? SizeKB { get; init; }

    /// <summary>When the version was made.</summary>
    public DateTimeOffset? CreatedAt { get; init; }
    public DateTimeOffset? AddedAt { get; init; }
    public IReadOnlyList<VaultFile> Files { get; init; } = [];

    /// <summary>The whole object as served, UTF-8 JSON. It may hold addresses that are good for a while only.</summary>
    public ReadOnlyMemory<byte> Json { get; init; }
    public Provenance? Source { get; init; }
}

/// <param name="Name">Hostile: not a path. Empty when missing.</param>
/// <param name="SizeKB">KiB.</param>
public sealed record VaultFile(FileId Id, string Name, double? SizeKB);

/// <summary>Whether a version is in the vault.</summary>
/// <param name="Item">Null when it is not.</param>
public sealed record VaultHolding(ModelVersionId Version, VaultItem? Item);

/// <summary>What of a vault to list. Everything that is null or empty is left open.</summary>
public sealed record VaultQuery
{
    /// <summary>What the model's, version's or creator's name must contain.</summary>
    public string? Text { get; init; }
    public IReadOnlyList<string> Types { get; init; } = [];
    public IReadOnlyList<string> Categories { get; init; } = [];
    public IReadOnlyList<string> BaseModels { get; init; } = [];

    /// <summary>Recently Added, Recently Created, Model Name, Model Size.</summary>
    public string? Sort { get; init; }

    /// <summary>How many at most; null for all there are.</summary>
    public long? Limit { get; init; }
}
