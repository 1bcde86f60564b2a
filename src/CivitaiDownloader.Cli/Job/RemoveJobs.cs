using System.CommandLine;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Exporting;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;

namespace CivitaiDownloader.Cli.Job;

/// <summary><c>civitai-dl job remove JOB...</c></summary>
internal static class RemoveJobs
{
    private static readonly Argument<string[]> Jobs = new("JOB") { Description = "The jobs: each by its number, its name, or `last`.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10); // as long as the claims of a killed process last
    private static readonly TimeSpan BetweenTries = TimeSpan.FromMilliseconds(200);

    private static readonly Option<bool> Over = new("--over") { Description = "Every job that is completed, failed or cancelled." };

    public static Command Make()
    {
        var command = new DocumentedCommand("remove", "Forgets jobs that are over. Their files stay in the library.", [new("civitai-dl job remove --over", "All that are completed, failed or cancelled")]) { Jobs, Over };
        command.SetAction(Invocation.Action(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var store = invocation.Services.Get<IJobStore>();
        var named = invocation.Parse.GetValue(Jobs) ?? [];
        var all = invocation.Parse.GetValue(Over);
        if (named.Length == 0 && !all) throw new UsageException("usage", "No job is named") { Hint = "Name jobs, or give --over for all that are over. Nothing was removed." };
        if (named.Length > 0 && all) throw new UsageException("usage", "--over and named jobs exclude each other") { Hint = "Nothing was removed." };
        var jobs = all ? [.. (await store.ListAsync(cancellationToken)).Where(job => JobLifecycle.IsOver(job.Status))] : await JobArgument.FindAsync(invocation, named, cancellationToken);
        foreach (var job in jobs)
        {
            if (!JobLifecycle.IsOver(job.Status)) throw JobErrors.StillRuns(job.Id, job.Status);
        }

        foreach (var job in jobs) await RemoveAsync(invocation, job.Id, cancellationToken);
        invocation.Screen.Say($"{Quantity.Of(jobs.Count, "job")} removed.");
        if (invocation.IsJson) JobListJson.Write(jobs);
        return ExitCodes.Done;
    }

    // Who has just been cancelled is still letting go of its files.
    private static async Task RemoveAsync(Invocation invocation, JobId job, CancellationToken cancellationToken)
    {
        var (store, time) = (invocation.Services.Get<IJobStore>(), invocation.Services.Time);
        for (var begun = time.GetTimestamp(); ;)
        {
            try
            {
                await store.RemoveAsync(job, cancellationToken);
                return;
            }
            catch (JobException inHand) when (inHand.Fault == JobFault.InHand && time.GetElapsedTime(begun) < LongestWait)
            {
                await Task.Delay(BetweenTries, time, cancellationToken);
            }
        }
    }
}
