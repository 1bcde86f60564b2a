using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Exporting;

/// <summary>What jobs and items are, in the words that programs read: lower case, hyphens between words.</summary>
public static class JobWords
{
    public static string Of(JobStatus status) => status.ToString().ToLowerInvariant();

    public static string Of(Priority priority) => priority.ToString().ToLowerInvariant();

    public static string Of(PlanProblemKind problem) => FaultName.ToCode(problem.ToString());

    public static string Of(StrategyKind strategy) => strategy.ToString().ToLowerInvariant();

    public static string Of(ItemStatus status) => status switch
    {
        ItemStatus.WaitingForSignIn => "waiting-for-sign-in",
        _ => status.ToString().ToLowerInvariant(),
    };

    public static string Of(ItemStage stage) => stage.ToString().ToLowerInvariant();

    public static string Of(PauseReason reason) => reason switch
    {
        PauseReason.Asked => "asked", PauseReason.NoSpace => "no-space", PauseReason.SignIn => "sign-in", _ => throw new System.Diagnostics.UnreachableException(),
    };
}
