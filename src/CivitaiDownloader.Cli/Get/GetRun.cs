using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Memory;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Jobs;
using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Jobs.Running;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer;

namespace CivitaiDownloader.Cli.Get;

/// <summary>Carries out requests one by one and says what happens.</summary>
internal sealed class GetRun(CliServices services, Screen screen)
{
    private readonly GetScreen _said = new(screen, services.Time);

    /// <summary>Called when it is known what a target is; null where others are at work at the same time.</summary>
    public Action? AfterLookUp { get; init; } = WorkingSet.GiveBackFilePages;

    /// <summary>Whether a failure is to be told; null for each.</summary>
    public Func<ErrorReport, bool>? Tells { get; init; }

    public Task<GetOutcome> PlanAsync(GetRequest request, CancellationToken cancellationToken) => GuardAsync(request, outcome =>
    {
        if (!screen.IsJson) _said.PlanAsResult(outcome.Plan!);
        return Task.FromResult(outcome);
    }, cancellationToken);

    public Task<GetOutcome> GetAsync(GetRequest request, CancellationToken cancellationToken) => GuardAsync(request, async outcome =>
    {
        var plan = outcome.Plan!;
        _said.Plan(plan);
        WorkingSet.GiveBack();
        var meter = new TransferMeter(services.Time);
        var result = await ProgressBar.WatchAsync(services.Runner.RunAsync(plan, new(meter), cancellationToken), plan, meter, screen, services.Time);
        _said.Result(plan, result, meter.Read());
        return outcome with { Result = result };
    }, cancellationToken);

    /// <summary>As one of several at once: <paramref name="begin"/> waits for its turn.</summary>
    public Task<GetOutcome> GetAsync(GetRequest request, Func<ItemPlan, Task<FileTurn>> begin, ProgressBoard? board, CancellationToken cancellationToken) => GuardAsync(request, async outcome =>
    {
        using var turn = await begin(outcome.Plan!);
        var plan = turn.Plan;
        _said.Plan(plan);
        var meter = new TransferMeter(services.Time);
        using var line = plan.Present is null ? board?.Add(plan.DisplayName, plan.File.EstimatedBytes, meter) : null;
        var result = await services.Runner.RunAsync(plan, new(meter), cancellationToken);
        _said.Result(plan, result, meter.Read());
        return outcome with { Plan = plan, Result = result };
    }, cancellationToken);

    // One target's failure is no reason to leave the others.
    private async Task<GetOutcome> GuardAsync(GetRequest request, Func<GetOutcome, Task<GetOutcome>> work, CancellationToken cancellationToken)
    {
        ItemPlan? plan = null;
        try
        {
            TargetInput.SayIfSlow(request.Target, screen);
            var found = await services.Targets.ResolveAsync(request.Target, request.Cache, cancellationToken);
            AfterLookUp?.Invoke();
            plan = services.Planner.Plan(request, found);
            return await work(new(request, plan, null, null));
        }
        catch (Exception failure) // whatever it is: the document is written, and the other targets have their turn
        {
            var report = ErrorReport.Of(failure, cancellationToken);
            if (Tells?.Invoke(report) != false) ErrorWriter.Write(report, screen);
            return new(request, plan, null, report);
        }
    }
}
