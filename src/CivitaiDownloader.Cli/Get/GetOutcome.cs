using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Jobs;
using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Jobs.Running;

namespace CivitaiDownloader.Cli.Get;

/// <summary>One target's end: planned only, done, or failed with an error.</summary>
internal sealed record GetOutcome(GetRequest Request, ItemPlan? Plan, ItemResult? Result, ErrorReport? Error)
{
    /// <summary>The run was interrupted before its turn came.</summary>
    public static GetOutcome NotBegun(GetRequest request, CancellationToken interrupted) =>
        new(request, null, null, ErrorReport.Of(new OperationCanceledException(interrupted), interrupted) with { Message = "Interrupted before it was begun" });
}
