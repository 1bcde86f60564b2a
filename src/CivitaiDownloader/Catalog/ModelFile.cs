using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog;

/// <summary>One file of a version.</summary>
public sealed record ModelFile
{
    public required FileId Id { get; init; }

    /// <summary>Hostile: may hold separators, control characters, device names; may be shared by two files of a version.</summary>
    public required string Name { get; init; }

    /// <summary>Model, Pruned Model, VAE, Config, Training Data, Archive … or something newer; <c>Model</c> when missing.</summary>
    public required string Type { get; init; }

    /// <summary>KiB as served. An estimate: the download's own length is the truth.</summary>
    public double? SizeKB { get; init; }

    /// <summary>SafeTensor, PickleTensor, GGUF, Diffusers, Core ML, ONNX, Other … or null.</summary>
    public string? Format { get; init; }

    /// <summary>fp16, fp32, bf16 …</summary>
    public string? Precision { get; init; }

    /// <summary>full or pruned.</summary>
    public string? Size { get; init; }

    /// <summary>Q8_0, Q4_K_M … or something newer; of GGUF files.</summary>
    public string? QuantType { get; init; }

    /// <summary>The one a download without further words gives.</summary>
    public bool IsPrimary { get; init; }

    /// <summary>One for each kind the site names; empty until its scan is done.</summary>
    public IReadOnlyList<ContentHash> Hashes { get; init; } = [];

    /// <summary>What Civitai's scanner found, as <see cref="VirusScan"/>: Pending, Success, Danger, Error … or something newer.</summary>
    public string? PickleScan { get; init; }
    public string? VirusScan { get; init; }
    public DateTimeOffset? ScannedAt { get; init; }

    /// <summary>A VAE of another version, shown because this version is linked with it. It has no address by id here: <see cref="DownloadUrl"/> is needed.</summary>
    public bool IsLinked { get; init; }

    /// <summary>What Civitai's scanner wrote about the pickle; see <see cref="PickleImports"/>.</summary>
    public string? PickleScanMessage { get; init; }
    public string? VirusScanMessage { get; init; }

    /// <summary>As served, which may be another host than the endpoint. Needed only where <see cref="IsLinked"/>; all others are asked for by their id.</summary>
    public string? DownloadUrl { get; init; }

    /// <summary><see cref="SizeKB"/> in bytes, rounded; null where it is missing or no size.</summary>
    public long? EstimatedBytes => SizeKB is { } kib and >= 0 and < 9e12 ? (long)Math.Round(kib * 1024) : null;

    /// <summary>Null for very old files and until the scan is done: then content cannot be checked.</summary>
    public ContentHash? Sha256 => Hashes.Where(hash => hash.Kind == HashKind.Sha256).Cast<ContentHash?>().FirstOrDefault();

    /// <summary>By its format; by its name where the site does not say one. What is in it nobody has looked at here.</summary>
    public bool IsSafeTensor => Format == "SafeTensor" || (Format is null && Name.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase));
}
