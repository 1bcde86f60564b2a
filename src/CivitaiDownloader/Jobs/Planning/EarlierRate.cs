using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;

namespace CivitaiDownloader.Jobs.Planning;

/// <summary>How fast earlier jobs came in: the bytes they fetched over the time in which any of their files was under way.</summary>
internal sealed class EarlierRate(IJobStore store)
{
    private const int MostJobs = 3;
    private const int MostItems = 1000; // of each
    private const long LeastBytes = 1 << 20; // less says more about the answering than about the line

    /// <returns>Bytes a second; null when there is nothing to go by.</returns>
    public async Task<long?> MeasureAsync(CancellationToken cancellationToken)
    {
        var (bytes, busy) = (0L, TimeSpan.Zero);
        var jobs = await store.ListAsync(cancellationToken);
        foreach (var job in jobs.Where(job => job.StartedAt is not null && job.Counts.Completed > 0).OrderByDescending(job => job.StartedAt).Take(MostJobs))
        {
            var items = await store.ItemsAsync(job.Id, new() { Statuses = [ItemStatus.Completed], Most = MostItems }, cancellationToken);
            bytes += items.Sum(item => item.BytesFetched);
            busy += Busy(items);
        }

        return bytes >= LeastBytes && busy > TimeSpan.Zero ? (long)(bytes / busy.TotalSeconds) : null;
    }

    // Of items that ran at the same time it is counted once.
    private static TimeSpan Busy(IEnumerable<ItemRecord> items)
    {
        var (busy, until) = (TimeSpan.Zero, DateTimeOffset.MinValue);
        foreach (var item in items.Where(item => item.EndedAt > item.StartedAt).OrderBy(item => item.StartedAt))
        {
            var from = item.StartedAt!.Value > until ? item.StartedAt.Value : until;
            if (item.EndedAt!.Value <= from) continue;
            busy += item.EndedAt.Value - from;
            until = item.EndedAt.Value;
        }

        return busy;
    }
}
