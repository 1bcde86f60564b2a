using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Lifecycle;

/// <summary>Every message about jobs.</summary>
public static class JobErrors
{
    public static JobException NoSuchJob(string named) => new(JobFault.NoSuchJob, $"There is no job '{VisibleText.OneLine(named, 60)}'")
    { Hint = "`civitai-dl job list --all` shows every job there is. Nothing was done." };

    public static JobException AmbiguousName(string name, IEnumerable<JobId> jobs) => new(JobFault.AmbiguousName, $"Several jobs are named '{VisibleText.OneLine(name, 60)}': {string.Join(", ", jobs)}")
    { Hint = "Give the number. Nothing was done." };

    public static JobException InvalidTransition(JobId job, JobStatus from, JobAction action) => new(JobFault.InvalidTransition,
        $"Job {job} is {Word(from)} and cannot be {Participle(action)}: {Demand(action)}")
    {
        Hint = (from, action) switch
        {
            (JobStatus.Cancelled, _) => $"`civitai-dl job report {job} --format json | civitai-dl job create --from - --yes` makes a new job of it. Nothing was changed.",
            (JobStatus.Paused, JobAction.Start) => $"`civitai-dl job resume {job}` first. Nothing was changed.",
            _ => $"`civitai-dl job show {job}` says where it stands. Nothing was changed.",
        },
    };

    public static JobException StillRuns(JobId job, JobStatus status) => new(JobFault.InUse, $"Job {job} is {Word(status)}: only jobs that are over can be removed")
    { Hint = $"`civitai-dl job cancel {job}` first. Nothing was removed." };

    public static JobException StillInHand(JobId job, int items) => new(JobFault.InHand, $"Job {job} is over, and a process has not let go of {(items == 1 ? "one of its files" : $"{items} of its files")} yet")
    { Hint = "That takes a second, ten where the process was killed: run the same command again then. Nothing was removed." };

    public static JobException NothingToOrder(JobId job, JobStatus status) => new(JobFault.InvalidTransition, $"Job {job} is {Word(status)}: nothing of it is left to be put in an order")
    { Hint = "`civitai-dl job list` shows the jobs that are not over. Nothing was changed." };

    public static JobException NothingToRetry(JobId job) => new(JobFault.Empty, $"Job {job} has no failed item to try again")
    { Hint = $"`civitai-dl job show {job}` lists its items. Nothing was changed." };

    /// <param name="leftOut">What rules left out, each a clause.</param>
    public static JobException NothingPlanned(IEnumerable<string> leftOut) => new(JobFault.Empty, $"The plan is empty: {(string.Join(", ", leftOut) is { Length: > 0 } rules ? rules : "there is nothing to download")}")
    { Hint = "Widen the search or the list, or relax a rule. No job was made." };

    public static JobException NoSuchDraft(JobId draft) => new(JobFault.NoSuchJob, $"There is no plan {draft} that could become a job")
    { Hint = "A plan that nobody confirms is dropped after a day; make it again with `civitai-dl job create`. Nothing was done." };

    public static JobException TakesNoMore(JobId job, JobStatus status) => new(JobFault.InvalidTransition,
        $"Job {job} is {Word(status)} and takes no more items: only one that is pending, processing or paused does")
    { Hint = "`civitai-dl job create` makes another one. Nothing was added." };

    private static string Word(JobStatus status) => status.ToString().ToLowerInvariant();

    private static string Participle(JobAction action) => action switch
    {
        JobAction.Start => "started", JobAction.Pause => "paused", JobAction.Resume => "resumed", JobAction.Cancel => "cancelled",
        JobAction.Retry => "retried", JobAction.Complete => "completed", JobAction.Fail => "failed", _ => throw new System.Diagnostics.UnreachableException(),
    };

    // Names the states from which it could be done, so that both sides of the transition are said.
    private static string Demand(JobAction action)
    {
        var from = JobLifecycle.All.Where(transition => transition.Action == action).ToArray();
        var states = from.Select(transition => Word(transition.From)).Distinct().ToArray();
        var goals = string.Join(" or ", from.Select(transition => Word(transition.To)).Distinct());
        return $"only one that is {string.Join(" or ", states)} can become {goals} so";
    }
}
