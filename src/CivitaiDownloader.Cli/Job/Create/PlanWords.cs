using System.Globalization;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Planning;

namespace CivitaiDownloader.Cli.Job.Create;

/// <summary>What a plan's problems are called.</summary>
internal static class PlanWords
{
    /// <summary>The whole of one kind, as a sentence without its full stop.</summary>
    public static string Of(PlanProblem problem)
    {
        var files = Quantity.Of(problem.Count, "file");
        var isOne = problem.Count == 1;
        return problem.Kind switch
        {
            PlanProblemKind.Incomplete => "A source broke off or has gaps: there is more than is planned",
            PlanProblemKind.Space => "There is not enough free space",
            PlanProblemKind.TargetFailed => $"{Quantity.Of(problem.Count, "target")} cannot be had and {Is(isOne)} not in the job",
            PlanProblemKind.NoTarget => $"{Quantity.Of(problem.Count, "line")} of lists {Is(isOne)} no target",
            PlanProblemKind.DownloadsDisabled => $"{files} left out: downloads are switched off by the creator",
            PlanProblemKind.EarlyAccess => $"{files} in early access: fetched only for accounts that bought {It(isOne)}, or later",
            PlanProblemKind.Purchase => $"{files} that must be bought",
            PlanProblemKind.Private => $"{files} for accounts only that the creator let in",
            PlanProblemKind.SignIn => $"{files} that {(isOne ? "needs" : "need")} a key: {Flow.Together("`civitai-dl login`")}",
            PlanProblemKind.ScanVerdict => $"{files} that Civitai's own scan did not pass",
            PlanProblemKind.PickleOnly => $"{files} as pickles without a safetensors alternative: they can run code when loaded",
            PlanProblemKind.Unverifiable => $"{files} without a hash: what arrives cannot be verified",
            PlanProblemKind.Collision => $"{files} with a name that another one of the plan has: {(isOne ? "it gets" : "they get")} a suffix",
            PlanProblemKind.ForeignFile => $"{files} whose name is taken by something else on disk: {(isOne ? "it gets" : "they get")} a suffix",
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    public static string Of(PlanExample example)
    {
        var until = example.At is { } at ? $", until {Flow.Together(at.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) + " UTC")}" : "";
        return example.Name + until + (example.Detail is { } detail ? $": {detail}" : "");
    }

    private static string Is(bool isOne) => isOne ? "is" : "are";

    private static string It(bool isOne) => isOne ? "it" : "them";
}
