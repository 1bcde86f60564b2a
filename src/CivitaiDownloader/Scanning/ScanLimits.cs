namespace CivitaiDownloader.Scanning;

/// <summary>What one scan may cost. Where a limit is reached the file is suspicious: what was not looked at is never clean.</summary>
public sealed record ScanLimits
{
    /// <summary>Containers within containers that are entered. Default 5.</summary>
    public int MaxDepth { get; init; } = 5;

    /// <summary>Members of all archives in one file together. Default 50,000.</summary>
    public int MaxMembers { get; init; } = 50_000;

    /// <summary>Bytes unpacked for each byte of the file, beyond <see cref="FreeUnpackedBytes"/>. Default 200: above it nothing but bombs and empty tensors is found.</summary>
    public int MaxUnpackedRatio { get; init; } = 200;

    /// <summary>Bytes that may be unpacked whatever their ratio. Default 8 MiB.</summary>
    public long FreeUnpackedBytes { get; init; } = 8L << 20;

    /// <summary>Bytes unpacked in all. Default 64 GiB.</summary>
    public long MaxUnpackedBytes { get; init; } = 64L << 30;

    /// <summary>What a decoder may hold in memory (dictionaries of LZMA and RAR). Default 64 MiB.</summary>
    public long MaxDecoderBytes { get; init; } = 64L << 20;

    /// <summary>Findings kept for one file; more are counted. Default 200.</summary>
    public int MaxFindings { get; init; } = 200;
}
