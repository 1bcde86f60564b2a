using CivitaiDownloader.Catalog;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Library;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Pacing;

namespace CivitaiDownloader.Jobs.Running;

/// <summary>Carries out one claimed item and tells the store how it ended. Never fails but for a store that cannot be written.</summary>
internal sealed class ItemWork(IJobStore store, StorePatience patience, CivitaiCatalog catalog, LibraryWays ways, ContentTurns contents, ItemTroubleshooting troubles)
{
    private readonly PlannedFiles _planned = new(catalog);

    /// <returns>What kept it; null when nothing did.</returns>
    public async Task<ItemTrouble?> RunAsync(ActiveItem active, BandwidthLimit? bandwidth)
    {
        ItemEnd end;
        ItemResult? there = null;
        try
        {
            end = await CarryOutAsync(active, bandwidth, result => there = result);
        }
        catch (OperationCanceledException) when (active.Stopped.IsCancellationRequested)
        {
            active.Leave();
            if (!active.IsLost) await patience.WriteAsync(() => store.ReturnAsync(active.Claim, new() { BytesFetched = active.Meter.Read().Fetched, Times = active.Times, IfOver = there is null ? null : Describe(there, active, note: null) }, CancellationToken.None));
            return null;
        }
        catch (Exception failure) // whatever it is: one bad item never stops a job, and a mistake of ours is told as its own
        {
            active.Leave();
            return await troubles.SettleAsync(active, failure);
        }

        if (!active.IsLost) await patience.WriteAsync(() => store.EndAsync(active.Claim, end, CancellationToken.None));
        return null;
    }

    private async Task<ItemEnd> CarryOutAsync(ActiveItem active, BandwidthLimit? bandwidth, Action<ItemResult> isThere)
    {
        var (item, cancel) = (active.Claim.Item, active.Stopped);
        await store.EnterAsync(active.Claim, ItemStage.Resolving, cancel);
        var way = ways.To(active.Claim.Job.Settings.Library);
        var (found, note) = await _planned.AskAsync(item.File, cancel);
        var request = new GetRequest(new Target.ByFile(item.File.Version, item.File.File) { Model = item.File.Model }, item.File.Target ?? "");
        var plan = way.Planner.Plan(request, found);
        using var turn = contents.Take(plan);
        if (!turn.IsFirst)
        {
            await turn.Before.WaitAsync(cancel);
            plan = way.Planner.Plan(request, found);
        }

        var result = await way.Runner.RunAsync(plan, new(active.Meter) { Bandwidth = bandwidth, Entered = stage => Enter(active, stage), IsThere = isThere }, cancel);
        active.Leave();
        return Describe(result, active, note);
    }

    // Not waited for: what is done meanwhile does not depend on it, and what the store refuses it says again at the end.
    private void Enter(ActiveItem active, ItemStage stage)
    {
        active.Enter(stage);
        _ = store.EnterAsync(active.Claim, stage, CancellationToken.None).ContinueWith(static failed => _ = failed.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted | TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    // An attempt that was stopped or killed between the file's name and its companions: what is there now was not there before the job.
    private static bool IsOwn(ItemClaim claim, LibraryFile file) =>
        claim.Item is { Attempts: > 1 } or { BytesFetched: > 0 } && file.Origin.FileId == claim.Item.File.File.Value && file.PlacedAt >= claim.Job.StartedAt;

    private static ItemEnd Describe(ItemResult result, ActiveItem active, string? note)
    {
        var (status, file) = result switch
        {
            ItemResult.Placed placed => (ItemStatus.Completed, placed.File),
            ItemResult.Present present => (IsOwn(active.Claim, present.File) ? ItemStatus.Completed : ItemStatus.Skipped, present.File),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        string[] notes = [.. note is null ? [] : new[] { note }, .. result.Warnings];
        return new(status)
        {
            Path = file.Path,
            Sha256 = file.Sha256.Hex,
            IsVerified = file.IsVerified,
            Verdict = file.Verdict,
            Bytes = file.Bytes,
            BytesFetched = active.Meter.Read().Fetched,
            Times = active.Times,
            Note = notes.Length == 0 ? null : VisibleText.OneLine(string.Join("; ", notes), 500),
        };
    }
}
