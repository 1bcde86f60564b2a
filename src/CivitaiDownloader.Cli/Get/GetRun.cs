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

    public Task<GetOutcome> PlanAsync(GetRequest request, CancellationToken cancellationToken) => GuardAsync(request, async plan =>
    {
        await Task.CompletedTask;
        if (!screen.IsJson) _said.PlanAsResult(plan);
        return null;
    }, cancellationToken);

    public Task<GetOutcome> GetAsync(GetRequest request, CancellationToken cancellationToken) => GuardAsync(request, async plan =>
    {
        _said.Plan(plan);
        WorkingSet.GiveBack();
        var meter = new TransferMeter(services.Time);
        var result = await ProgressBar.WatchAsync(services.Runner.RunAsync(plan, meter, cancellationToken), plan, meter, screen, services.Time);
        _said.Result(plan, result, meter.Read());
        return result;
    }, cancellationToken);

    // One target's failure is no reason to leave the others.
    private async Task<GetOutcome> GuardAsync(GetRequest request, Func<ItemPlan, Task<ItemResult?>> work, CancellationToken cancellationToken)
    {
        ItemPlan? plan = null;
        try
        {
            TargetInput.SayIfSlow(request.Target, screen);
            var found = await services.Targets.ResolveAsync(request.Target, request.Cache, cancellationToken);
            WorkingSet.GiveBackFilePages();
            plan = services.Planner.Plan(request, found);
            return new(request, plan, await work(plan), null);
        }
        catch (Exception failure) // whatever it is: the document is written, and the other targets have their turn
        {
            var report = ErrorReport.Of(failure, cancellationToken);
            ErrorWriter.Write(report, screen);
            return new(request, plan, null, report);
        }
    }
}
