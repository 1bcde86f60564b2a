using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Library;
using CivitaiDownloader.Transfer;

namespace CivitaiDownloader.Jobs.Running;

/// <summary>What was removed.</summary>
/// <param name="Kept">Files that a process still has in hand.</param>
/// <param name="Wanted">Files that another job goes on with.</param>
public sealed record DiscardReport(long Bytes, int Files, int Kept, int Wanted);

/// <summary>Removes what arrived of a cancelled job's files that are not whole.</summary>
public sealed class JobDiscarder(IJobStore store, LibraryWays ways, TimeProvider time)
{
    private const int Portion = 500;
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5); // for the process that runs it to let go
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(200);

    public async Task<DiscardReport> RunAsync(JobId job, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        while ((await store.FindAsync(job, cancellationToken))?.Counts.Processing > 0 && time.GetElapsedTime(begun) < LongestWait) await Task.Delay(BetweenLooks, time, cancellationToken);
        var report = new DiscardReport(0, 0, 0, 0);
        if (await store.FindAsync(job, cancellationToken) is not { Status: JobStatus.Cancelled } record) return report;
        var way = ways.To(record.Settings.Library);
        IReadOnlyList<ItemRecord> items;
        ItemId? after = null;
        do
        {
            items = await store.ItemsAsync(job, new() { Statuses = [ItemStatus.Cancelled, ItemStatus.Failed, ItemStatus.Processing], After = after, Most = Portion }, cancellationToken);
            foreach (var item in items) report = await DiscardAsync(way, item, report, cancellationToken);
            if (items.Count > 0) after = items[^1].Id;
        }
        while (items.Count == Portion);

        return report;
    }

    private async Task<DiscardReport> DiscardAsync(LibraryWay way, ItemRecord item, DiscardReport report, CancellationToken cancellationToken)
    {
        var (plan, key) = way.Planner.Staging(item.File);
        var staged = LibraryStore.StagedPath(plan, key);
        if (File.Exists(staged) && await store.IsWantedElsewhereAsync(item.Job, item.File, cancellationToken)) return report with { Wanted = report.Wanted + 1 };
        return FileTransfer.Discard(staged) switch
        {
            null => report with { Kept = report.Kept + 1 },
            0 => report,
            { } bytes => report with { Bytes = report.Bytes + bytes, Files = report.Files + 1 },
        };
    }
}
