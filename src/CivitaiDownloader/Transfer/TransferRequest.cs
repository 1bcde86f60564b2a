using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Pacing;

namespace CivitaiDownloader.Transfer;

/// <summary>One file to fetch.</summary>
/// <param name="Name">The file's name as messages show it.</param>
/// <param name="PartialPath">Where the bytes are gathered; the journal lies beside it as <c>PartialPath + ".journal"</c>. Its folder exists.</param>
public sealed record TransferRequest(IOrigin Origin, string Name, string PartialPath)
{
    /// <summary>Files below it are small: what takes long is to ask for them.</summary>
    public const long SmallBytes = 1 << 20;

    /// <summary>What the catalogue believes the size to be, in bytes. An estimate: never compared, only used to bound an origin that names no size.</summary>
    public long? EstimatedBytes { get; init; }

    /// <summary>What the content must hash to. Only hashes that prove content are compared; labels (AutoV2, CRC32 …) are ignored.</summary>
    public IReadOnlyList<ContentHash> Expected { get; init; } = [];

    /// <summary>Digests to compute besides SHA-256, in the same pass: <see cref="HashKind.Blake3"/>, <see cref="HashKind.Crc32"/>. Other kinds are passed over.</summary>
    public IReadOnlyList<HashKind> Digests { get; init; } = [];

    /// <summary>True when the file is itself a JSON, HTML or text document, so that such an answer is no sign of an error page.</summary>
    public bool MayBeDocument { get; init; }

    /// <summary>A limit of this transfer's own, besides that of all; null for none. May change while it runs.</summary>
    public BandwidthLimit? Bandwidth { get; init; }

    /// <summary>Called once all bytes are there and flushed, before the digest is settled. Null for nobody.</summary>
    public Action? AllArrived { get; init; }
}
