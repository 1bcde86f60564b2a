using CivitaiDownloader.Transfer.Parts;
using CivitaiDownloader.Transfer.Sources;

namespace CivitaiDownloader.Transfer.Connections;

/// <summary>
/// The connections of one file. The first goes ahead; once the source has shown that it serves the file, others join, twice as many each time, as long as there is
/// work for them and the machine is not busy with those it has.
/// Each takes one part after the other; whoever finds nothing to take is done. Looks after them: what has become slow is dropped.
/// </summary>
internal sealed class ConnectionCrew(PartPlan plan, ConnectionPermits permits, Func<CrewMember> newMember, TimeProvider time)
{
    private static readonly TimeSpan WhileJoining = TimeSpan.FromMilliseconds(20); // long enough for a line that is faster than the machine to show it
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMilliseconds(100);

    private readonly Stragglers _stragglers = new(time);
    private readonly ProcessorShare _processors = new(time);
    private readonly TaskCompletionSource _flows = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _ignoredRanges;

    /// <summary>Told by the first answer that holds bytes of the file.</summary>
    public void Flows() => _flows.TrySetResult();

    /// <summary>The source sent the whole file instead of a part: after some of that, one connection alone reads it through.</summary>
    public bool RangesAreIgnored => Volatile.Read(ref _ignoredRanges) >= 3;

    public void RangeIgnored() => Interlocked.Increment(ref _ignoredRanges);

    /// <summary>Returns when nothing of the plan is missing.</summary>
    /// <param name="first">The answer that is there already, and its part.</param>
    public async Task RunAsync((Part Part, Turn Turn)? first, SourceFacts facts, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new List<Task> { Start(0, first, facts, ended.Token) };
        try
        {
            while (!plan.IsDone)
            {
                await LookAsync(running);
                for (var i = running.Count - 1; i >= 0; i--)
                {
                    if (!running[i].IsCompleted) continue;
                    await running[i]; // its failure is everybody's
                    running.RemoveAt(i);
                }

                _stragglers.Look(plan);
                Join(running, facts, ended.Token);
            }
        }
        finally
        {
            await ended.CancelAsync(); // who waits for a place or for time to pass is not needed any more
            await SettleAsync(running);
        }

        foreach (var task in running.Where(task => task.IsFaulted)) await task;
    }

    private Task Start(int index, (Part Part, Turn Turn)? first, SourceFacts facts, CancellationToken cancellationToken) =>
        Task.Run(() => newMember().WorkAsync(this, index, first, facts, cancellationToken), CancellationToken.None);

    private void Join(List<Task> running, SourceFacts facts, CancellationToken cancellationToken)
    {
        var most = RangesAreIgnored || !_flows.Task.IsCompleted ? 1 : permits.PerFile;
        if (running.Count >= most || (running.Count > 0 && _processors.IsMost())) return;
        for (var joining = Math.Max(1, running.Count); joining > 0 && running.Count < most && plan is { HasWork: true, IsDone: false }; joining--)
            running.Add(Start(running.Count, null, facts, cancellationToken));
    }

    private async Task LookAsync(List<Task> running)
    {
        if (running.Count == 0) return; // the last has ended, and the digest has found more to do meanwhile
        var any = Task.WhenAny(running);
        if (!_flows.Task.IsCompleted)
        {
            await Task.WhenAny(any, _flows.Task);
            _processors.Restart(); // what it took to get here says nothing of the line
        }

        var isJoining = running.Count < permits.PerFile && plan.HasWork;
        await Task.WhenAny(any, Task.Delay(isJoining ? WhileJoining : BetweenLooks, time, CancellationToken.None));
    }

    private static async Task SettleAsync(List<Task> running)
    {
        foreach (var task in running) await ((Task)task).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}

/// <summary>One connection's work: part after part.</summary>
internal sealed class CrewMember(FileSource source, PartPlan plan, ConnectionPermits permits, PartFetcher fetcher)
{
    private readonly Patience _patience = source.NewPatience();

    public async Task WorkAsync(ConnectionCrew crew, int index, (Part Part, Turn Turn)? first, SourceFacts facts, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (plan.IsDone || index >= permits.PerFile || (index > 0 && crew.RangesAreIgnored)) return;
            if ((first ?? await TakeAsync(crew, cancellationToken)) is not var (part, turn)) return;
            first = null;
            var had = part.Written;
            AttemptEnd end;
            try
            {
                end = await fetcher.FetchAsync(part, turn, facts, cancellationToken);
            }
            finally
            {
                plan.Release(part);
                await turn.DisposeAsync(); // waits below hold nobody up
            }

            if (part.Written > had) _patience.Progress();
            await CopeAsync(crew, end, part, part.Written - had, cancellationToken);
        }
    }

    private async Task<(Part Part, Turn Turn)?> TakeAsync(ConnectionCrew crew, CancellationToken cancellationToken)
    {
        var turn = await source.TakeTurnAsync(_patience, cancellationToken); // before the part: a part waits for nobody
        if (plan.Take(crew.RangesAreIgnored ? long.MaxValue : null) is { } part) return (part, turn);
        await turn.DisposeAsync();
        return null;
    }

    private async Task CopeAsync(ConnectionCrew crew, AttemptEnd end, Part part, long brought, CancellationToken cancellationToken)
    {
        switch (end)
        {
            case AttemptEnd.Failed failed:
                await source.CopeAsync(failed.Trouble, _patience, cancellationToken);
                break;
            case AttemptEnd.Broken broken:
                await source.GoOnAsync(broken.Cut, part.End, brought, _patience, cancellationToken);
                break;
            case AttemptEnd.RangeIgnored(var link):
                crew.RangeIgnored();
                source.Links.Refused(link, LinkKeeper.MostRefusals); // another link may lead to a host that serves ranges
                break;
            case AttemptEnd.Done when !part.IsWhole:
                await source.GoOnAsync(new(part.Written, null, null), part.End, brought, _patience, cancellationToken);
                break;
            default:
                break;
        }
    }
}
