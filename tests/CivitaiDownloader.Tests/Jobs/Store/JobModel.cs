using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;

namespace CivitaiDownloader.Tests.Jobs.Store;

/// <summary>What a store of jobs does, said in the plainest way: lists in memory, looked through from end to end.</summary>
internal sealed class JobModel
{
    public sealed class Item
    {
        public required ItemId Id { get; init; }
        public required JobId Job { get; init; }
        public required long? Bytes { get; init; }
        public ItemStatus Status { get; set; }
        public ItemStage? Stage { get; set; }
        public Priority Priority { get; set; }
        public int Attempts { get; set; }
        public int Claims { get; set; }
        public DateTimeOffset? NotBefore { get; set; }
        public RunnerId? Runner { get; set; }
    }

    public sealed class Job
    {
        public required JobId Id { get; init; }
        public JobStatus Status { get; set; }
        public PauseReason? PausedFor { get; set; }
        public Priority Priority { get; set; }
    }

    private readonly Dictionary<RunnerId, DateTimeOffset> _heardAt = [];

    public List<Job> Jobs { get; } = [];

    public List<Item> Items { get; } = [];

    public DateTimeOffset Now { get; set; }

    public Job JobOf(JobId id) => Jobs.Single(job => job.Id == id);

    public IEnumerable<Item> Of(Job job) => Items.Where(item => item.Job == job.Id);

    /// <summary>Ends the claims of runners that are silent.</summary>
    public void Settle()
    {
        foreach (var runner in _heardAt.Where(heard => Now - heard.Value >= IJobStore.ClaimLifetime).Select(heard => heard.Key).ToArray()) GiveBack(runner, counts: true);
    }

    /// <returns>False when the lifecycle does not have it, or there is nothing to retry.</returns>
    public bool TryApply(Job job, JobAction action, PauseReason? reason)
    {
        Settle();
        if (!JobLifecycle.TryApply(job.Status, action, out var to)) return false;
        var items = Of(job).ToArray();
        if (action is JobAction.Complete or JobAction.Fail && items.Any(item => !item.Status.IsOver)) return true;
        if (action == JobAction.Retry && !items.Any(item => item.Status == ItemStatus.Failed)) return false;
        foreach (var item in items)
        {
            if (action is JobAction.Cancel && item.Status is (ItemStatus.Pending or ItemStatus.WaitingForSignIn)) Move(item, ItemStatus.Cancelled);
            if (action == JobAction.Resume && item.Status == ItemStatus.WaitingForSignIn) Move(item, ItemStatus.Pending);
            if (action == JobAction.Retry && item.Status == ItemStatus.Failed)
            {
                Move(item, ItemStatus.Pending);
                item.Attempts = 0;
            }

        }

        job.PausedFor = to != JobStatus.Paused ? null : job.PausedFor == PauseReason.Asked ? PauseReason.Asked : reason ?? job.PausedFor ?? PauseReason.Asked;
        job.Status = to;
        return true;
    }

    public Item[] Claim(RunnerId runner, int most, long? below, long? atLeast)
    {
        Settle();
        _heardAt[runner] = Now;
        var claimed = Items.Where(item => item.Status == ItemStatus.Pending && JobOf(item.Job).Status is (JobStatus.Pending or JobStatus.Processing))
            .Where(item => !(item.NotBefore > Now) && (below is null || item.Bytes < below) && (atLeast is null || !(item.Bytes < atLeast)))
            .OrderByDescending(item => JobOf(item.Job).Priority).ThenBy(item => item.Job.Value).ThenByDescending(item => item.Priority).ThenBy(item => item.Id.Value).Take(most).ToArray();
        foreach (var item in claimed)
        {
            (item.Status, item.Stage, item.Runner, item.NotBefore) = (ItemStatus.Processing, ItemStage.Resolving, runner, null);
            item.Attempts++;
            item.Claims++;
            JobOf(item.Job).Status = JobStatus.Processing;
        }

        return claimed;
    }

    public bool Enter(ItemClaim claim, ItemStage stage)
    {
        if (Held(claim) is not { } item || Now - _heardAt[claim.Runner] >= IJobStore.ClaimLifetime) return false;
        item.Stage = stage;
        return true;
    }

    public bool End(ItemClaim claim, ItemStatus status)
    {
        Settle();
        if (Held(claim) is not { } item) return false;
        Move(item, status == ItemStatus.WaitingForSignIn && JobLifecycle.IsOver(JobOf(item.Job).Status) ? ItemStatus.Cancelled : status);
        return true;
    }

    public bool Return(ItemClaim claim, DateTimeOffset? notBefore, bool counts)
    {
        Settle();
        if (Held(claim) is not { } item) return false;
        Back(item, counts);
        if (item.Status == ItemStatus.Pending) item.NotBefore = notBefore;
        return true;
    }

    /// <returns>The jobs of which it holds something.</returns>
    public JobId[] Beat(RunnerId runner)
    {
        Settle();
        _heardAt[runner] = Now;
        return [.. Items.Where(item => item.Runner == runner).Select(item => item.Job).Distinct().OrderBy(job => job.Value)];
    }

    public void Leave(RunnerId runner)
    {
        Settle();
        GiveBack(runner, counts: false);
    }

    private Item? Held(ItemClaim claim) => Items.Find(item => item.Id == claim.Item.Id && item.Status == ItemStatus.Processing && item.Claims == claim.Number);

    private void GiveBack(RunnerId runner, bool counts)
    {
        foreach (var item in Items.Where(item => item.Runner == runner)) Back(item, counts);
        _heardAt.Remove(runner);
    }

    private void Back(Item item, bool counts)
    {
        Move(item, JobLifecycle.IsOver(JobOf(item.Job).Status) ? ItemStatus.Cancelled : ItemStatus.Pending);
        if (!counts) item.Attempts--;
    }

    private static void Move(Item item, ItemStatus to) => (item.Status, item.Stage, item.Runner, item.NotBefore) = (to, null, null, null);
}
