using System.CommandLine;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Running;
using CivitaiDownloader.Jobs.Store;

namespace CivitaiDownloader.Cli.Job;

/// <summary><c>civitai-dl job run [JOB...]</c></summary>
internal static class RunJobs
{
    private static readonly Argument<string[]> Jobs = new("JOB") { Description = "Only these jobs, each by its number, its name, or `last`. Default: every job that is due.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<bool> Stay = new("--stay") { Description = "Stay when nothing is due, for new jobs, hours that begin, and jobs that somebody resumes." };

    public static Command Make()
    {
        var command = new DocumentedCommand("run", "Works on jobs until nothing of them can go on.",
            [new("civitai-dl job run", "All that is due, as for a timer or a second terminal")],
            "Several processes may run at a time, on one machine and one home: they share the work. Interrupted, everything stops at its byte and is there for the next run.",
            [.. ExitCodes.Meanings.Select(exit => exit.Code).Where(code => code is not (ExitCodes.Dangerous or ExitCodes.OutputClosed))])
        {
            Jobs, Stay, TransferFlags.Bandwidth,
        };
        command.SetAction(Invocation.Action(RunAsync));
        return command;
    }

    // Ended with nothing done, it would look as if all were well.
    private static void TellHours(Invocation invocation, IReadOnlyList<JobRecord> seen)
    {
        var now = TimeOnly.FromDateTime(invocation.Services.Time.GetLocalNow().DateTime);
        foreach (var job in seen.Where(job => !JobLifecycle.IsOver(job.Status) && job.Settings.Hours is { } hours && !hours.Include(now)))
            invocation.Screen.Say($"{JobText.Title(job)} runs from {job.Settings.Hours?.From:HH\\:mm} on; `civitai-dl job run {job.Id} --stay` waits for it.");
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var named = await JobArgument.FindAsync(invocation, invocation.Parse.GetValue(Jobs) ?? [], cancellationToken);
        foreach (var job in named)
        {
            if (JobLifecycle.IsOver(job.Status) || job is { Status: JobStatus.Paused, PausedFor: not PauseReason.NoSpace }) throw JobErrors.InvalidTransition(job.Id, job.Status, JobAction.Start);
        }

        var seen = await JobWatching.RunAsync(invocation, new() { Jobs = named.Count == 0 ? null : [.. named.Select(job => job.Id)], Stays = invocation.Parse.GetValue(Stay) }, cancellationToken);
        if (seen.Count == 0) invocation.Screen.Say("No job is due. `civitai-dl job list` shows what there is.");
        if (!invocation.Parse.GetValue(Stay)) TellHours(invocation, seen);
        return JobExit.Of(seen);
    }
}
