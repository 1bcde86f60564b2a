using CivitaiDownloader.Catalog;
using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Library;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer;

namespace CivitaiDownloader.Jobs.Running;

/// <summary>One file's way: fetched or found, verified, placed, its companions beside it.</summary>
public sealed class ItemRunner(CivitaiCatalog catalog, DownloadLinks links, FileTransfer transfer, LibraryStore library, Companions companions, TimeProvider time, StageEnded? stageEnded = null)
{
    // Nothing is scanned yet, and nothing is said to be.
    private const string NotScanned = "unknown";

    private readonly Lock _tidying = new(); // guards the count, and an output folder's staging folder from being removed under who is about to use it
    private int _running;

    /// <param name="meter">Read it at any time to show progress.</param>
    /// <exception cref="CivitaiDownloaderException">It could not be done; what arrived is kept unless the message says otherwise.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; what arrived is kept.</exception>
    public async Task<ItemResult> RunAsync(ItemPlan plan, TransferMeter meter, CancellationToken cancellationToken)
    {
        lock (_tidying) _running++;
        var isDone = false;
        try
        {
            var result = await FinishAsync(plan, meter, cancellationToken);
            isDone = true;
            return result;
        }
        finally
        {
            lock (_tidying)
            {
                var isLast = --_running == 0;
                if (isDone && isLast) library.Tidy(plan.Placement, plan.StagingKey);
                else if (isDone) LibraryStore.TidyFile(plan.Placement, plan.StagingKey);
            }
        }
    }

    private async Task<ItemResult> FinishAsync(ItemPlan plan, TransferMeter meter, CancellationToken cancellationToken)
    {
        var result = plan.Present is { } present ? new ItemResult.Present(plan, present) : await BringAsync(plan, meter, cancellationToken);
        var file = result switch { ItemResult.Placed placed => placed.File, ItemResult.Present there => there.File, _ => throw new System.Diagnostics.UnreachableException() };
        var warnings = await companions.WriteAsync(plan, file, cancellationToken);
        return result with { Warnings = warnings };
    }

    private async Task<ItemResult> BringAsync(ItemPlan plan, TransferMeter meter, CancellationToken cancellationToken)
    {
        var staged = LibraryStore.StagingPath(plan.Placement, plan.StagingKey);
        if (plan.Needed is { } needed) LibraryStore.RequireSpace(plan.Placement, needed - FileTransfer.ReservedBytes(staged));
        var copied = plan.Elsewhere is { } copy ? await LibraryCopy.TryMakeAsync(copy, staged, plan.DisplayName, time, cancellationToken) : null;
        using var arrived = copied ?? await transfer.RunAsync(TransferRequest(plan, staged), meter, cancellationToken);
        stageEnded?.Invoke();
        var place = library.Place(Request(plan, staged, new(arrived.Handle, arrived.Bytes, arrived.Sha256, arrived.ChangedAt), isVerified: copied is not null || arrived.IsVerified));
        if (place is PlaceResult.AlreadyPresent) arrived.Discard();
        else arrived.Placed();
        return Settle(plan, place);
    }

    private TransferRequest TransferRequest(ItemPlan plan, string staged) =>
        new(new CatalogOrigin(catalog, links, new(plan.Version.Id, plan.File, $"'{plan.DisplayName}'")), plan.DisplayName, staged)
        {
            EstimatedBytes = plan.File.EstimatedBytes,
            Expected = plan.File.Hashes,
            MayBeDocument = DocumentNames.Include(plan.File.Name),
        };

    private static PlaceRequest Request(ItemPlan plan, string staged, CheckedContent content, bool isVerified) => new(plan.Placement, staged)
    {
        Content = content, IsVerified = isVerified, Verdict = NotScanned, Origin = plan.Origin,
    };

    private static ItemResult Settle(ItemPlan plan, PlaceResult place) => place switch
    {
        PlaceResult.Placed placed => new ItemResult.Placed(plan, placed.File),
        PlaceResult.AlreadyPresent present => new ItemResult.Present(plan, present.File),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}
