using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Jobs.Strategies;
using CivitaiDownloader.Transfer.Pacing;

namespace CivitaiDownloader.Jobs.Running;

/// <summary>One job as this process works on it. Used by the run's own loop only, but for the limit, which transfers read.</summary>
internal sealed class RunningJob
{
    private readonly IJobStrategy _strategy;
    private readonly TimeProvider _time;
    private readonly long _begunAt;
    private readonly BandwidthLimit _bandwidth;
    private long _fetchedByEnded;
    private long _retriesByEnded;
    private int _ended;

    public RunningJob(JobRecord record, IJobStrategy strategy, TimeProvider time)
    {
        (Record, _strategy, _time, _begunAt, _bandwidth) = (record, strategy, time, time.GetTimestamp(), new(time));
        Update(record);
    }

    public JobRecord Record { get; private set; }

    public BandwidthLimit Bandwidth => _bandwidth;

    /// <summary>Claimed here and not begun.</summary>
    public Queue<ActiveItem> Ready { get; } = new();

    /// <summary>Begun and not ended.</summary>
    public List<ActiveItem> Active { get; } = [];

    /// <summary>Whether the store had nothing (more) to claim when it was asked last, of any size.</summary>
    public bool IsDry => IsDryOfSmall && IsDryOfLarge;

    /// <summary>As <see cref="IsDry"/>, of each size by itself.</summary>
    public bool IsDryOfSmall { get; set; }

    public bool IsDryOfLarge { get; set; }

    /// <summary>Whether any of its items was ever this process's.</summary>
    public bool WasOurs { get; set; }

    /// <summary>It was removed: nobody may go on with it.</summary>
    public bool IsGone { get; set; }

    public bool HoldsNothing => Active.Count == 0 && Ready.Count == 0;

    public bool MayRun(TimeOnly now) => !IsGone && Record.Status is JobStatus.Pending or JobStatus.Processing && Record.Settings.Hours?.Include(now) != false;

    /// <summary>Bytes that came for it in this process.</summary>
    public long Fetched => _fetchedByEnded + Active.Sum(active => active.Meter.Read().Fetched);

    public void Update(JobRecord record)
    {
        Record = record;
        _bandwidth.BytesPerSecond = record.Settings.BytesPerSecond;
    }

    /// <summary>How many more large and small files may begin; of <c>null</c> small ones, any kind counts as large.</summary>
    public (int Large, int? Small) Free()
    {
        var small = Active.Count(active => active.IsSmall);
        var retries = _retriesByEnded + Active.Sum(active => (long)active.Meter.Read().Retries);
        var lanes = _strategy.Lanes(new(Fetched, _ended, Active.Count - small, small, retries, _time.GetElapsedTime(_begunAt)));
        return lanes.Small is { } most ? (lanes.Large - (Active.Count - small), most - small) : (lanes.Large - Active.Count, null);
    }

    public void End(ActiveItem active)
    {
        var meter = active.Meter.Read();
        _fetchedByEnded += meter.Fetched;
        _retriesByEnded += meter.Retries;
        _ended++;
        Active.Remove(active);
    }

    /// <summary>What of these runs here is in vain, and what was claimed ahead is not begun.</summary>
    public void Lose(IReadOnlySet<ItemId> items)
    {
        foreach (var active in Active.Where(active => items.Contains(active.Claim.Item.Id))) active.Lose();
        for (var left = Ready.Count; left > 0; left--)
        {
            var ready = Ready.Dequeue();
            if (items.Contains(ready.Claim.Item.Id)) ready.Dispose();
            else Ready.Enqueue(ready);
        }
    }

    public void StopAll()
    {
        foreach (var active in Active) active.Stop();
    }
}
