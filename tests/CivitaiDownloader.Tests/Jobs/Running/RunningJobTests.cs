using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Running;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Jobs.Strategies;
using CivitaiDownloader.Tests.Jobs.Store;
using Xunit;

namespace CivitaiDownloader.Tests.Jobs.Running;

public sealed class RunningJobTests
{
    [Fact]
    public void What_was_claimed_ahead_and_lost_is_not_begun()
    {
        var job = new RunningJob(Record(), new OneFile(), TimeProvider.System);
        var (runs, lost, kept) = (Active(1), Active(2), Active(3));
        job.Active.Add(runs);
        job.Ready.Enqueue(lost);
        job.Ready.Enqueue(kept);

        job.Lose(new HashSet<ItemId> { new(1), new(2) });

        Assert.True(runs.IsLost && runs.Stopped.IsCancellationRequested);
        Assert.Same(kept, Assert.Single(job.Ready));
        runs.Dispose();
        kept.Dispose();
    }

    private static ActiveItem Active(long id) => new(new(new() { Id = new(id), Job = new(1), File = JobSamples.Items(1)[0].File, Status = ItemStatus.Processing }, Record(), new(Guid.NewGuid()), 1), TimeProvider.System);

    private static JobRecord Record() => new() { Id = new(1), Name = "test", Status = JobStatus.Processing, Settings = new(), Counts = new(), CreatedAt = DateTimeOffset.UnixEpoch };

    private sealed class OneFile : IJobStrategy
    {
        public JobLanes Lanes(JobLoad load) => new(1, 1);
    }
}
