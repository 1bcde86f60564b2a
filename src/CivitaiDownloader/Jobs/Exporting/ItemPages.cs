using System.Runtime.CompilerServices;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;

namespace CivitaiDownloader.Jobs.Exporting;

public static class ItemPages
{
    private const int Portion = 1000;

    extension(IJobStore store)
    {
        /// <summary>All items that fit, read a page at a time: a job may have 100,000.</summary>
        public async IAsyncEnumerable<ItemRecord> AllItemsAsync(JobId job, ItemFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
        {
            var left = filter.Most;
            IReadOnlyList<ItemRecord> page;
            do
            {
                var most = Math.Min(Portion, left);
                page = await store.ItemsAsync(job, filter with { Most = most }, cancellationToken);
                foreach (var item in page) yield return item;
                if (page.Count > 0) filter = filter with { After = page[^1].Id };
                left -= page.Count;
            }
            while (page.Count == Portion && left > 0);
        }
    }
}
