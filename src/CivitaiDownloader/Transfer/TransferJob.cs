using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Digests;
using CivitaiDownloader.Transfer.Journaling;
using CivitaiDownloader.Transfer.Pacing;
using CivitaiDownloader.Transfer.Writing;

namespace CivitaiDownloader.Transfer;

/// <summary>What does not change while one file is fetched.</summary>
internal sealed record TransferJob(TransferRequest Request, PartialFile File, TransferMeter Meter)
{
    /// <summary>The limit of all transfers; null for none.</summary>
    public BandwidthLimit? Bandwidth { get; init; }

    /// <summary>Shared with the transfers after this one.</summary>
    public BufferStock Buffers { get; init; } = new();

    public string Name => Request.Name;

    public string JournalPath { get; } = Journal.PathFor(Request.PartialPath);

    /// <summary>The hash that decides: SHA-256 before BLAKE3; null when nothing proves the content.</summary>
    public ContentHash? Proof { get; } = ProofOf(Request.Expected);

    /// <summary>Digests to compute besides SHA-256.</summary>
    public IEnumerable<HashKind> Digests => Proof is { } proof ? Request.Digests.Append(proof.Kind) : Request.Digests;

    public static ContentHash? ProofOf(IEnumerable<ContentHash> hashes) =>
        hashes.Where(hash => hash.ProvesContent).OrderBy(hash => hash.Kind).Cast<ContentHash?>().FirstOrDefault();
}
