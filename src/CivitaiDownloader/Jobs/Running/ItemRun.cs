using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Transfer;
using CivitaiDownloader.Transfer.Pacing;

namespace CivitaiDownloader.Jobs.Running;

/// <summary>How one item is watched and held back while it is carried out.</summary>
/// <param name="Meter">Read it at any time to show progress.</param>
public sealed record ItemRun(TransferMeter Meter)
{
    /// <summary>Told of each stage as it begins, on the item's own path: it must be quick. Null for nobody.</summary>
    public Action<ItemStage>? Entered { get; init; }

    /// <summary>Told when the file has its name, before its companions are fetched: whatever becomes of those, it is there. Null for nobody.</summary>
    public Action<ItemResult>? IsThere { get; init; }

    /// <summary>A limit it shares with others of its job; null for none.</summary>
    public BandwidthLimit? Bandwidth { get; init; }
}
