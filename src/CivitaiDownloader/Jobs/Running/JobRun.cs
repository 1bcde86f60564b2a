using System.Threading.Channels;
using CivitaiDownloader.Http;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Jobs.Strategies;
using CivitaiDownloader.Storage;
using CivitaiDownloader.Transfer;

namespace CivitaiDownloader.Jobs.Running;

/// <summary>What a run works with.</summary>
internal sealed record JobRunTools(ItemWork Work, StorePatience Patience, NetworkWatch Network, JobStrategies Strategies, LibraryWays Ways, Outbound Outbound);

/// <summary>
/// One run: a loop that says it lives, looks how its jobs stand (any process may pause or cancel them), claims what its strategies have room for, and settles
/// jobs whose items are all over. Everything but the items' own ways happens on this loop, so nothing of it is locked.
/// </summary>
internal sealed class JobRun(IJobStore store, JobRunRequest request, JobRunTools tools, TimeProvider time)
{
    private const int MostFiles = 64; // of all jobs
    private const int ClaimedAhead = 16; // of small files: one change of the store for many
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250); // a pause stops the bytes within a second
    private static readonly TimeSpan BetweenBeats = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan BetweenLists = TimeSpan.FromSeconds(1);

    private readonly RunnerId _runner = new(Guid.NewGuid());
    private readonly Dictionary<JobId, RunningJob> _jobs = [];
    private readonly Channel<(RunningJob Job, ActiveItem Active, Task<ItemTrouble?> Task)> _ended = Channel.CreateUnbounded<(RunningJob, ActiveItem, Task<ItemTrouble?>)>(new() { SingleReader = true });
    private readonly SpaceWatch _space = new(store, tools.Ways, time);
    private Task<bool>? _ending; // ends when something has ended
    private long _beatAt, _listedAt, _tickedAt;
    private DateTimeOffset? _nextDue;
    private bool _isIdle, _storeIsFull;

    public Action<IReadOnlyList<JobRunSnapshot>>? Watch { get; init; }

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!cancellationToken.IsCancellationRequested)
            {
                try
                {
                    if (!await GoRoundAsync(cancellationToken)) return;
                    _storeIsFull = false;
                }
                catch (StorageException full) when (StorePatience.IsFull(full))
                {
                    await WaitForRoomAsync(cancellationToken);
                }
            }

            cancellationToken.ThrowIfCancellationRequested();
        }
        finally
        {
            await StopAsync();
        }
    }

    /// <returns>False when nothing is left to do.</returns>
    private async Task<bool> GoRoundAsync(CancellationToken cancellationToken)
    {
        await LookAsync();
        await FillAsync();
        await SettleJobsAsync();
        Rest();
        Show();
        if (!await AnythingLeftAsync()) return false;
        await WaitAsync(cancellationToken);
        return true;
    }

    // Who cannot say that it lives holds nothing for long: everything stops at its byte and waits. What ends meanwhile is told afterwards.
    private async Task WaitForRoomAsync(CancellationToken cancellationToken)
    {
        (_storeIsFull, _beatAt, _listedAt) = (true, 0, 0);
        foreach (var job in _jobs.Values) job.StopAll();
        Show();
        await Task.Delay(StorePatience.BetweenTries, time, cancellationToken);
    }

    private IEnumerable<RunningJob> InOrder => _jobs.Values.OrderByDescending(job => job.Record.Priority).ThenBy(job => job.Record.Position);

    private int Files => _jobs.Values.Sum(job => job.Active.Count);

    private TimeOnly Clock => TimeOnly.FromDateTime(time.GetLocalNow().DateTime);

    private bool Every(TimeSpan span, ref long last)
    {
        var now = time.GetTimestamp();
        if (last != 0 && time.GetElapsedTime(last, now) < span) return false;
        last = now;
        return true;
    }

    private async Task LookAsync()
    {
        if (Every(BetweenBeats, ref _beatAt))
        {
            var lost = (await store.BeatAsync(_runner, CancellationToken.None)).Lost.ToHashSet();
            foreach (var job in _jobs.Values) job.Lose(lost);
        }

        if (Every(BetweenLists, ref _listedAt)) await ListAsync();
        else if (Every(Tick, ref _tickedAt)) await RefreshAsync();
        tools.Network.LookAgain();
        foreach (var job in _jobs.Values.Where(job => !job.HoldsNothing && !job.MayRun(Clock))) await HoldAsync(job);
    }

    private async Task ListAsync()
    {
        var listed = (await store.ListAsync(CancellationToken.None)).Where(record => request.Jobs?.Contains(record.Id) != false).ToArray();
        foreach (var record in listed)
        {
            if (_jobs.TryGetValue(record.Id, out var known)) known.Update(record);
            else if (!JobLifecycle.IsOver(record.Status)) _jobs.Add(record.Id, new(record, tools.Strategies.For(record.Settings), time));
        }

        var there = listed.Select(record => record.Id).ToHashSet();
        foreach (var job in _jobs.Values.ToArray())
        {
            job.IsDryOfSmall = job.IsDryOfLarge = false;
            job.IsGone = !there.Contains(job.Record.Id);
            if (job.HoldsNothing && (job.IsGone || JobLifecycle.IsOver(job.Record.Status))) _jobs.Remove(job.Record.Id);
            else if (job.Record is { Status: JobStatus.Paused, PausedFor: PauseReason.NoSpace } && await _space.IsThereForAsync(job.Record)) await TryApplyAsync(job, JobAction.Resume, PauseReason.NoSpace); // not if somebody has paused it meanwhile
        }
    }

    private async Task RefreshAsync()
    {
        foreach (var job in _jobs.Values.Where(job => !job.HoldsNothing))
        {
            if (await store.FindAsync(job.Record.Id, CancellationToken.None) is { } record) job.Update(record);
            else job.IsGone = true;
        }
    }

    // Paused, called off, or its hours are over: what runs stops at its byte and goes back, what was claimed ahead goes back as it is.
    private async Task HoldAsync(RunningJob job)
    {
        job.StopAll();
        while (job.Ready.TryPeek(out var ready))
        {
            await store.ReturnAsync(ready.Claim, new(), CancellationToken.None);
            job.Ready.Dequeue().Dispose(); // only now: a store that refuses must not leave it with nobody
        }
    }

    private async Task FillAsync()
    {
        if (tools.Network.GoneSince is not null) return;
        foreach (var job in InOrder.Where(job => job.MayRun(Clock)).ToArray())
        {
            var (large, small) = job.Free();
            var room = MostFiles - Files;
            if (small is { } smallRoom)
            {
                // Large ones first: their connections take some round trips to come to speed, and small ones would be in the way.
                await ClaimAsync(job, Math.Min(large, room), new() { Runner = _runner, Most = 1, AtLeast = TransferRequest.SmallBytes }, 0);
                await ClaimAsync(job, Math.Min(smallRoom, MostFiles - Files), new() { Runner = _runner, Most = 1, Below = TransferRequest.SmallBytes }, ClaimedAhead);
            }
            else
            {
                await ClaimAsync(job, Math.Min(large, room), new() { Runner = _runner, Most = 1 }, 0);
            }

            // Jobs run one after the other; the next begins with what this one leaves free because it has nothing more to begin.
            if (!job.IsDry) return;
        }
    }

    private async Task ClaimAsync(RunningJob job, int room, ClaimWish wish, int ahead)
    {
        while (room > 0 && job.Ready.Count > 0 && wish.AtLeast is null)
        {
            Begin(job, job.Ready.Dequeue());
            room--;
        }

        if (room <= 0 || (wish.AtLeast is null ? job.IsDryOfSmall : job.IsDryOfLarge)) return;
        var most = Math.Min(room + ahead, MostFiles);
        var claims = await store.ClaimAsync(wish with { Jobs = [job.Record.Id], Most = most }, CancellationToken.None);
        foreach (var claim in claims)
        {
            job.WasOurs = true;
            if (room-- > 0) Begin(job, new(claim, time));
            else job.Ready.Enqueue(new(claim, time));
        }

        if (claims.Count > 0) return;
        if (wish.AtLeast is null) job.IsDryOfSmall = true;
        if (wish.Below is null) job.IsDryOfLarge = true;
    }

    private void Begin(RunningJob job, ActiveItem active)
    {
        job.Active.Add(active);
        var task = Task.Run(() => tools.Work.RunAsync(active, job.Bandwidth));
        _ = task.ContinueWith(done => _ended.Writer.TryWrite((job, active, done)), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    private async Task WaitAsync(CancellationToken cancellationToken)
    {
        using var tick = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var pause = Task.Delay(Tick, time, tick.Token);
        _ending ??= _ended.Reader.WaitToReadAsync(CancellationToken.None).AsTask(); // one at a time: a second one would take the first one's place
        await Task.WhenAny(_ending, pause);
        await tick.CancelAsync();
        if (_ending.IsCompleted) _ending = null;
        while (_ended.Reader.TryRead(out var ended)) await EndAsync(ended.Job, ended.Active, ended.Task);
    }

    private async Task EndAsync(RunningJob job, ActiveItem active, Task<ItemTrouble?> task)
    {
        job.End(active);
        active.Dispose();
        switch (await task)
        {
            case ItemTrouble.NoSpace:
                await TryApplyAsync(job, JobAction.Pause, PauseReason.NoSpace);
                break;
            case ItemTrouble.Final when job.Record.Settings.MaxFailures is { } most && await store.FindAsync(job.Record.Id, CancellationToken.None) is { } record && record.Counts.Failed >= most:
                await TryApplyAsync(job, JobAction.Fail); // before anything more of it is begun
                break;
        }

        if (job.Active.Count == 0) _tickedAt = 0; // maybe the last: look at once
    }

    // Also those whose last item ended in a process that then died.
    private async Task SettleJobsAsync()
    {
        foreach (var job in _jobs.Values.Where(job => job.HoldsNothing && (job.IsDry || job.Record.Counts.Pending == 0) && job.Record.Status is JobStatus.Pending or JobStatus.Processing).ToArray())
        {
            if (await store.FindAsync(job.Record.Id, CancellationToken.None) is not { } record) continue;
            job.Update(record);
            if (record.Counts is not { Pending: 0, Processing: 0 }) continue;
            if (record.Status == JobStatus.Pending) await TryApplyAsync(job, JobAction.Start);
            if (record.Counts.WaitingForSignIn > 0) await TryApplyAsync(job, JobAction.Pause, PauseReason.SignIn);
            else await TryApplyAsync(job, record.Counts is { Completed: 0, Skipped: 0 } ? JobAction.Fail : JobAction.Complete);
        }
    }

    // Another process may have been quicker, or a person: then there is nothing to do.
    private async Task TryApplyAsync(RunningJob job, JobAction action, PauseReason? reason = null)
    {
        try
        {
            job.Update(await store.ApplyAsync(job.Record.Id, action, reason, CancellationToken.None));
        }
        catch (JobException)
        {
            if (await store.FindAsync(job.Record.Id, CancellationToken.None) is { } record) job.Update(record);
        }
    }

    private async Task<bool> AnythingLeftAsync()
    {
        _nextDue = _jobs.Values.Any(job => job.IsDry && job.HoldsNothing) ? await store.NextDueAsync([.. _jobs.Keys], CancellationToken.None) : null;
        return request.Stays && request.Jobs is null || _jobs.Values.Any(CanGoOn);
    }

    private bool CanGoOn(RunningJob job)
    {
        if (!job.HoldsNothing) return true;
        if (job.IsGone) return false;
        var counts = job.Record.Counts;
        return job.Record switch
        {
            { Status: JobStatus.Pending or JobStatus.Processing } => counts.Left > counts.WaitingForSignIn ? job.MayRun(Clock) || request.Stays : true, // settled with the next look
            { Status: JobStatus.Paused, PausedFor: PauseReason.NoSpace } => request.Stays || job.Record.Settings.Hours?.Include(Clock) != false,
            { Status: JobStatus.Paused, PausedFor: PauseReason.Asked } => job.WasOurs || request.Stays,
            _ => false,
        };
    }

    // Who does nothing holds no connection, whatever the pool would keep for a while.
    private void Rest()
    {
        var wasIdle = _isIdle;
        _isIdle = _jobs.Values.All(job => job.HoldsNothing);
        if (_isIdle && !wasIdle) tools.Outbound.CloseIdle();
    }

    private void Show()
    {
        if (Watch is null) return;
        Watch([.. InOrder.Select(job => new JobRunSnapshot(job.Record, [.. job.Active.Select(active => new RunningItemSnapshot(active.Claim.Item, active.Stage, active.Meter.Read()))], job.Fetched, LimitOf(job))
        {
            Until = _nextDue, GoneSince = tools.Network.GoneSince,
        })]);
    }

    private JobLimit LimitOf(RunningJob job) => job.Record switch
    {
        _ when _storeIsFull => JobLimit.NoSpace,
        { Status: JobStatus.Paused, PausedFor: PauseReason.NoSpace } => JobLimit.NoSpace,
        { Status: JobStatus.Paused, PausedFor: PauseReason.SignIn } => JobLimit.SignIn,
        { Status: JobStatus.Paused } => JobLimit.Paused,
        { Status: var status } when JobLifecycle.IsOver(status) => JobLimit.None,
        _ when tools.Network.GoneSince is not null => JobLimit.NetworkGone,
        _ when !job.MayRun(Clock) => JobLimit.Hours,
        _ when job.HoldsNothing && job.Record.Counts.Processing > 0 => JobLimit.Elsewhere,
        _ when job.HoldsNothing && job.Record.Counts.Pending > 0 => JobLimit.Retry,
        { Settings.BytesPerSecond: not null } => JobLimit.Rate,
        _ => JobLimit.None,
    };

    private async Task StopAsync()
    {
        tools.Patience.End();
        foreach (var job in _jobs.Values)
        {
            job.StopAll();
            while (job.Ready.TryDequeue(out var ready)) ready.Dispose(); // given back with all that the runner holds
        }

        foreach (var job in _jobs.Values)
        {
            while (job.Active.Count > 0)
            {
                await (_ending ?? _ended.Reader.WaitToReadAsync(CancellationToken.None).AsTask());
                _ending = null;
                while (_ended.Reader.TryRead(out var ended))
                {
                    ended.Job.End(ended.Active);
                    ended.Active.Dispose();
                    _ = ended.Task.Exception; // a store that fails is told by what failed first
                }
            }
        }

        await store.LeaveAsync(_runner, CancellationToken.None);
    }
}
