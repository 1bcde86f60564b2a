using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;
using FsCheck.Xunit;
using Xunit;

namespace CivitaiDownloader.Tests.Jobs.Store;

public abstract partial class JobStoreContract
{
    /// <summary>A command of a script; the numbers are taken for whatever it needs, so that any of them means something.</summary>
    public sealed record JobStep(byte What, byte Which, byte How);

    [Property(MaxTest = 40, EndSize = 120)]
    public async Task Whatever_is_commanded_the_store_stands_as_a_plain_model_does(JobStep[] script)
    {
        var model = new JobModel();
        var play = new Play(this, model);
        await play.AddJobAsync(5);
        await play.AddJobAsync(3);
        foreach (var step in script)
        {
            await play.DoAsync(step);
            await play.CompareAsync();
        }

        // The next script begins with nothing to claim.
        foreach (var job in model.Jobs.Where(job => !JobLifecycle.IsOver(job.Status))) await ApplyAsync(job.Id, JobAction.Cancel);
    }

    private sealed class Play(JobStoreContract test, JobModel model)
    {
        private static readonly long?[] Sizes = [null, 1, 1 << 20, 100 << 20, 5L << 30];
        private static readonly ItemStatus[] Ends = [ItemStatus.Completed, ItemStatus.Completed, ItemStatus.Failed, ItemStatus.Failed, ItemStatus.Skipped, ItemStatus.Quarantined, ItemStatus.WaitingForSignIn];

        private readonly RunnerId[] _runners = [JobSamples.Runner(), JobSamples.Runner(), JobSamples.Runner()];
        private readonly RunnerId _watcher = JobSamples.Runner();
        private readonly List<ItemClaim> _claims = [];

        public async Task AddJobAsync(int items)
        {
            var job = await test.JobAsync([.. Enumerable.Range(0, items).Select(number => JobSamples.Item(number, Sizes[number % Sizes.Length]))]);
            model.Now = test.Time.GetUtcNow();
            model.Settle();
            model.Jobs.Add(new() { Id = job });
            foreach (var item in await test.ItemsAsync(job)) model.Items.Add(new() { Id = item.Id, Job = job, Bytes = item.File.Bytes });
        }

        public Task DoAsync(JobStep step)
        {
            model.Now = test.Time.GetUtcNow();
            var (job, runner) = (model.Jobs[step.Which % model.Jobs.Count], _runners[step.Which % _runners.Length]);
            return (step.What % 16) switch
            {
                0 when model.Jobs.Count < 4 => AddJobAsync(step.How % 4),
                0 or 1 or 2 => ApplyAsync(job, (JobAction)(step.How % 7), (step.How / 7 % 4) is > 0 and var reason ? (PauseReason)(reason - 1) : null),
                3 => ChangeAsync(job, (Priority)((step.How % 3) - 1)),
                4 => PrioritiseAsync(model.Items[step.Which % model.Items.Count], (Priority)((step.How % 3) - 1)),
                5 or 6 or 7 => ClaimAsync(runner, step.How),
                8 => BeatAsync(runner),
                9 => LeaveAsync(runner),
                10 => AdvanceAsync(TimeSpan.FromSeconds(step.How % 5)),
                _ when _claims.Count == 0 => ClaimAsync(runner, step.How),
                11 => EnterAsync(ClaimOf(step), (ItemStage)(step.How % 5)),
                12 or 13 or 14 => EndAsync(ClaimOf(step), Ends[step.How % Ends.Length]),
                _ => ReturnAsync(ClaimOf(step), step.How % 3 == 0 ? model.Now + TimeSpan.FromSeconds(3) : null, step.How % 2 == 0),
            };
        }

        /// <summary>After any change whatsoever the claims of the dead are gone: the watcher makes one that changes nothing else.</summary>
        public async Task CompareAsync()
        {
            model.Now = test.Time.GetUtcNow();
            await test.Store.BeatAsync(_watcher, Cancellation);
            model.Beat(_watcher);
            foreach (var job in model.Jobs)
            {
                var items = await test.ItemsAsync(job.Id);
                var record = await test.ShowAsync(job.Id);
                Assert.Equal(model.Of(job).Select(item => (item.Id, item.Status, item.Stage, item.Priority, item.Attempts, item.NotBefore)), items.Select(item => (item.Id, item.Status, item.Stage, item.Priority, item.Attempts, item.NotBefore)));
                Assert.Equal((job.Status, job.PausedFor, job.Priority), (record.Status, record.PausedFor, record.Priority));
                Assert.Equal(Counted(items), record.Counts);
                Assert.Equal(items.Count, items.Select(item => item.Revision).Distinct().Count());
                Assert.True(items.All(item => item.Revision <= record.Revision));
            }
        }

        private ItemClaim ClaimOf(JobStep step) => _claims[^(1 + (step.Which % _claims.Count))];

        private async Task ApplyAsync(JobModel.Job job, JobAction action, PauseReason? reason)
        {
            if (action == JobAction.Resume) reason = null; // a resume for one reason has a promise of its own
            var can = model.TryApply(job, action, reason);
            if (can) Assert.Equal(job.Status, (await test.ApplyAsync(job.Id, action, reason)).Status);
            else await Assert.ThrowsAsync<JobException>(() => test.ApplyAsync(job.Id, action, reason));
        }

        private async Task ChangeAsync(JobModel.Job job, Priority priority)
        {
            job.Priority = priority;
            await test.Store.ChangeAsync(job.Id, new() { Priority = priority }, Cancellation);
        }

        private async Task PrioritiseAsync(JobModel.Item item, Priority priority)
        {
            item.Priority = priority;
            Assert.Equal(1, await test.Other.PrioritiseAsync(item.Job, [item.Id], priority, Cancellation));
        }

        private async Task ClaimAsync(RunnerId runner, byte how)
        {
            var (below, atLeast) = ((how / 4) switch { 1 => 1L << 20, 2 => 100L << 20, _ => (long?)null }, (how / 4) switch { 3 => 2, 4 => 100L << 20, _ => (long?)null });
            var expected = model.Claim(runner, 1 + (how % 4), below, atLeast);
            var claims = await test.Store.ClaimAsync(new() { Runner = runner, Most = 1 + (how % 4), Below = below, AtLeast = atLeast, Jobs = [.. model.Jobs.Select(job => job.Id)] }, Cancellation);
            Assert.Equal(expected.Select(item => item.Id), claims.Select(claim => claim.Item.Id));
            Assert.All(claims, claim => Assert.DoesNotContain(_claims, earlier => earlier.Item.Id == claim.Item.Id && earlier.Number == claim.Number));
            _claims.AddRange(claims);
        }

        private async Task EnterAsync(ItemClaim claim, ItemStage stage) => Assert.Equal(model.Enter(claim, stage), await test.Store.EnterAsync(claim, stage, Cancellation));

        private async Task EndAsync(ItemClaim claim, ItemStatus status) => Assert.Equal(model.End(claim, status), await test.Store.EndAsync(claim, new(status), Cancellation));

        private async Task ReturnAsync(ItemClaim claim, DateTimeOffset? notBefore, bool counts) =>
            Assert.Equal(model.Return(claim, notBefore, counts), await test.Store.ReturnAsync(claim, new() { NotBefore = notBefore, Counts = counts }, Cancellation));

        private async Task BeatAsync(RunnerId runner) => Assert.Equal(model.Beat(runner), (await test.Store.BeatAsync(runner, Cancellation)).Jobs.Select(job => job.Id));

        private async Task LeaveAsync(RunnerId runner)
        {
            model.Leave(runner);
            await test.Store.LeaveAsync(runner, Cancellation);
        }

        private Task AdvanceAsync(TimeSpan time)
        {
            test.Time.Advance(time);
            return Task.CompletedTask;
        }

        private static JobCounts Counted(IReadOnlyList<ItemRecord> items) => new()
        {
            Total = items.Count,
            Pending = Of(items, ItemStatus.Pending), Processing = Of(items, ItemStatus.Processing), WaitingForSignIn = Of(items, ItemStatus.WaitingForSignIn), Completed = Of(items, ItemStatus.Completed),
            Skipped = Of(items, ItemStatus.Skipped), Quarantined = Of(items, ItemStatus.Quarantined), Failed = Of(items, ItemStatus.Failed), Cancelled = Of(items, ItemStatus.Cancelled),
            BytesTotal = items.Sum(item => item.File.Bytes ?? 0), BytesDone = items.Where(item => item.Status.IsDone).Sum(item => item.File.Bytes ?? 0),
        };

        private static int Of(IReadOnlyList<ItemRecord> items, ItemStatus status) => items.Count(item => item.Status == status);
    }
}
