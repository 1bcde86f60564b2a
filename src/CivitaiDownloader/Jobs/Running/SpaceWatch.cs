using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Library;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Running;

/// <summary>Whether a job that ran out of disk can go on: when its next item fits.</summary>
internal sealed class SpaceWatch(IJobStore store, LibraryWays ways, TimeProvider time)
{
    private const long Margin = 16L << 20; // of the database, journals, companions
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(3); // a disk that was emptied is seen soon, one that stays full costs little

    private readonly Dictionary<JobId, long> _lookedAt = [];

    public async Task<bool> IsThereForAsync(JobRecord job)
    {
        if (_lookedAt.TryGetValue(job.Id, out var last) && time.GetElapsedTime(last) < BetweenLooks) return false;
        _lookedAt[job.Id] = time.GetTimestamp();
        var way = ways.To(job.Settings.Library);
        var pending = await store.ItemsAsync(job.Id, new() { Statuses = [ItemStatus.Pending], Most = 100 }, CancellationToken.None);
        return pending.Count == 0 || pending.Any(item => Fits(way, item.File));
    }

    private static bool Fits(LibraryWay way, PlannedFile file)
    {
        var (plan, key) = way.Planner.Staging(file);
        var needed = (file.Bytes ?? 0) - AllocatedBytes.Of(LibraryStore.StagedPath(plan, key));
        return LibraryStore.FreeBytes(plan) is not { } free || needed + Margin <= free;
    }
}
