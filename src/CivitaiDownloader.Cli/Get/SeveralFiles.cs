using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Jobs;
using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Jobs.Running;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Get;

/// <summary>A plan whose turn has come; disposed, others have theirs.</summary>
internal sealed record FileTurn(ItemPlan Plan, IDisposable Slot, IDisposable Content) : IDisposable
{
    public void Dispose()
    {
        Content.Dispose();
        Slot.Dispose();
    }
}

/// <summary>
/// Carries out many requests at once: while some files are fetched, others are looked up. They begin in the order of the targets, and what is said and
/// returned is in that order, too.
/// </summary>
internal sealed class SeveralFiles(CliServices services, Speaker speaker, bool isDryRun)
{
    private const int LookedUpAhead = 16;

    // A look-up that takes longer (a host that is asked again and again) keeps nobody from beginning.
    private static readonly TimeSpan LongestWaitForOrder = TimeSpan.FromSeconds(5);

    private readonly FileSlots _slots = services.Get<FileSlots>();
    private readonly ContentTurns _contents = services.Get<ContentTurns>();
    private readonly Lock _lock = new(); // guards what follows
    private Task _begun = Task.CompletedTask; // of the target before the next one to be taken
    private int _next;
    private int _interruptionTold;

    public async Task<IReadOnlyList<GetOutcome>> RunAsync(IReadOnlyList<GetRequest> requests, CancellationToken cancellationToken)
    {
        MakeThreads(_slots.Room);
        var outcomes = new GetOutcome[requests.Count];
        var most = Math.Min(requests.Count, _slots.Room + LookedUpAhead);
        await Task.WhenAll(Enumerable.Range(0, most).Select(_ => Task.Run(() => WorkAsync(requests, outcomes, cancellationToken), CancellationToken.None)));
        return outcomes;
    }

    private async Task WorkAsync(IReadOnlyList<GetRequest> requests, GetOutcome[] outcomes, CancellationToken cancellationToken)
    {
        while (TryTake(requests.Count) is var (place, before, begun))
        {
            outcomes[place] = cancellationToken.IsCancellationRequested
                ? GetOutcome.NotBegun(requests[place], cancellationToken)
                : await OneAsync(place, requests[place], plan => BeginAsync(requests[place], plan, before, begun, cancellationToken), cancellationToken);
            begun.TrySetResult();
            speaker.Board?.Done();
        }
    }

    private (int Place, Task Before, TaskCompletionSource Begun)? TryTake(int count)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_lock)
        {
            if (_next == count) return null;
            var before = _begun;
            _begun = begun.Task;
            return (_next++, before, begun);
        }
    }

    private async Task<GetOutcome> OneAsync(int place, GetRequest request, Func<ItemPlan, Task<FileTurn>> begin, CancellationToken cancellationToken)
    {
        using var voice = speaker.For(place);
        var run = new GetRun(services, voice.Screen) { AfterLookUp = null, Tells = Tells };
        return await (isDryRun ? run.PlanAsync(request, cancellationToken) : run.GetAsync(request, begin, speaker.Board, cancellationToken));
    }

    private async Task<FileTurn> BeginAsync(GetRequest request, ItemPlan plan, Task before, TaskCompletionSource begun, CancellationToken cancellationToken)
    {
        await InOrderAsync(before, cancellationToken);
        var content = _contents.Take(plan);
        try
        {
            if (content.IsFirst)
            {
                var entering = _slots.EnterAsync(plan, cancellationToken);
                begun.TrySetResult();
                return new(plan, await entering, content);
            }

            begun.TrySetResult();
            await content.Before.WaitAsync(cancellationToken);
            plan = services.Planner.Plan(request, new(plan.Model, plan.Version, plan.File) { AlsoIn = plan.AlsoIn });
            return new(plan, await _slots.EnterAsync(plan, cancellationToken), content);
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }

    private async Task InOrderAsync(Task before, CancellationToken cancellationToken)
    {
        try
        {
            await before.WaitAsync(LongestWaitForOrder, services.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            // Out of order, then.
        }
    }

    // Interrupted, everybody is: it is said once.
    private bool Tells(ErrorReport report) => report.ExitCode != ExitCodes.Interrupted || Interlocked.Exchange(ref _interruptionTold, 1) == 0;

    // Flushing a file and writing to the database hold a thread each; the pool would add one every half second only.
    private static void MakeThreads(int count)
    {
        ThreadPool.GetMinThreads(out var threads, out var ports);
        ThreadPool.SetMinThreads(Math.Max(threads, count), ports);
    }
}
