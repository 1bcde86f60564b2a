using CivitaiDownloader.Catalog;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Library;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer;

namespace CivitaiDownloader.Jobs.Running;

/// <summary>One file's way: fetched or found, verified, placed, its companions beside it.</summary>
public sealed class ItemRunner(ItemParts parts, LibraryStore library, TimeProvider time, StageEnded? stageEnded = null)
{
    private readonly Lock _tidying = new(); // guards the count, and an output folder's staging folder from being removed under who is about to use it
    private int _running;

    /// <exception cref="CivitaiDownloaderException">It could not be done; what arrived is kept unless the message says otherwise.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; what arrived is kept.</exception>
    public async Task<ItemResult> RunAsync(ItemPlan plan, ItemRun run, CancellationToken cancellationToken)
    {
        lock (_tidying) _running++;
        var isDone = false;
        try
        {
            var result = await FinishAsync(plan, run, cancellationToken);
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

    private async Task<ItemResult> FinishAsync(ItemPlan plan, ItemRun run, CancellationToken cancellationToken)
    {
        var result = plan.Present is { } present ? new ItemResult.Present(plan, present) : await BringAsync(plan, run, cancellationToken);
        var file = result switch { ItemResult.Placed placed => placed.File, ItemResult.Present there => there.File, _ => throw new System.Diagnostics.UnreachableException() };
        if (result is ItemResult.Present) run.Entered?.Invoke(ItemStage.Placing);
        run.IsThere?.Invoke(result);
        var warnings = await parts.Companions.WriteAsync(plan, file, cancellationToken);
        return result with { Warnings = warnings };
    }

    private async Task<ItemResult> BringAsync(ItemPlan plan, ItemRun run, CancellationToken cancellationToken)
    {
        var staged = LibraryStore.StagingPath(plan.Placement, plan.StagingKey);
        if (plan.Needed is { } needed) LibraryStore.RequireSpace(plan.Placement, needed - FileTransfer.ReservedBytes(staged));
        run.Entered?.Invoke(ItemStage.Downloading);
        var copied = plan.Elsewhere is { } copy ? await LibraryCopy.TryMakeAsync(copy, staged, plan.DisplayName, time, cancellationToken) : null;
        using var arrived = copied ?? await parts.Transfer.RunAsync(TransferRequest(plan, staged, run), run.Meter, cancellationToken);
        stageEnded?.Invoke();
        run.Entered?.Invoke(ItemStage.Scanning);
        var verdict = await parts.Scanner.ScanAsync(staged, plan.File.Name, cancellationToken);
        run.Entered?.Invoke(ItemStage.Placing);
        var place = library.Place(new(plan.Placement, staged)
        {
            Content = new(arrived.Handle, arrived.Bytes, arrived.Sha256, arrived.ChangedAt),
            IsVerified = copied is not null || arrived.IsVerified,
            Verdict = verdict,
            Origin = plan.Origin,
        });
        if (place is PlaceResult.AlreadyPresent) arrived.Discard();
        else arrived.Placed();
        return Settle(plan, place);
    }

    private TransferRequest TransferRequest(ItemPlan plan, string staged, ItemRun run) =>
        new(new CatalogOrigin(parts.Catalog, parts.Links, new(plan.Version.Id, plan.File, $"'{plan.DisplayName}'")), plan.DisplayName, staged)
        {
            EstimatedBytes = plan.File.EstimatedBytes,
            Expected = plan.File.Hashes,
            MayBeDocument = DocumentNames.Include(plan.File.Name),
            Bandwidth = run.Bandwidth,
            AllArrived = run.Entered is { } entered ? () => entered(ItemStage.Verifying) : null,
        };

    private static ItemResult Settle(ItemPlan plan, PlaceResult place) => place switch
    {
        PlaceResult.Placed placed => new ItemResult.Placed(plan, placed.File),
        PlaceResult.AlreadyPresent present => new ItemResult.Present(plan, present.File),
        _ => throw new System.Diagnostics.UnreachableException(),
    };
}

/// <summary>What an item passes on its way, whatever library it goes to.</summary>
public sealed record ItemParts(CivitaiCatalog Catalog, DownloadLinks Links, FileTransfer Transfer, IItemScanner Scanner, Companions Companions);
