using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Catalog;

/// <summary>One file of a version.</summary>
public sealed record ModelFile
{
    public required FileId Id { get; init; }

    /// <summary>Hostile: may hold separators, control characters, device names; may be shared by two files of a version.</summary>
    public required string Name { get; init; }

    /// <summary>Model, Pruned Model, VAE, Config, Training Data, Archive … or something newer.</summary>
    public required string Type { get; init; }

    /// <summary>KiB as served. An estimate: the download's own length is the truth.</summary>
    public double? SizeKB { get; init; }

    /// <summary>SafeTensor, PickleTensor, GGUF, Diffusers, Core ML, ONNX, Other … or null.</summary>
    public string? Format { get; init; }

    /// <summary>fp16, fp32, bf16 …</summary>
    public string? Precision { get; init; }

    /// <summary>full or pruned.</summary>
    public string? Size { get; init; }
    public string? QuantType { get; init; }
    public bool IsPrimary { get; init; }
    public IReadOnlyList<ContentHash> Hashes { get; init; } = [];
    public string? PickleScan { get; init; }
    public string? VirusScan { get; init; }
    public DateTimeOffset? ScannedAt { get; init; }

    /// <summary>A VAE of another version, shown because this version is linked with it. It has no address by id here: <see cref="DownloadUrl"/> is needed.</summary>
    public bool IsLinked { get; init; }

    /// <summary>What Civitai's scanner wrote about the pickle; see <see cref="PickleImports"/>.</summary>
    public string? PickleScanMessage { get; init; }
    public string? VirusScanMessage { get; init; }

    /// <summary>As served; only for files of other versions that have no id here is it needed.</summary>
    public string? DownloadUrl { get; init; }

    public long? EstimatedBytes => SizeKB is { } kib and >= 0 and < 9e12 ? (long)Math.Round(kib * 1024) : null;

    public ContentHash? Sha256 => Hashes.Where(hash => hash.Kind == HashKind.Sha256).Cast<ContentHash?>().FirstOrDefault();

    public bool IsSafeTensor => Format == "SafeTensor" || (Format is null && Name.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase));
}
