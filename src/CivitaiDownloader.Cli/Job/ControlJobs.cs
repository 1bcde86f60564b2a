using System.CommandLine;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Exporting;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Running;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Job;

/// <summary><c>civitai-dl job pause|resume|cancel|retry JOB...</c>: takes jobs along their lifecycle, whichever process runs them.</summary>
internal static class ControlJobs
{
    private static readonly Option<bool> Discard = new("--discard") { Description = "Remove what arrived of files that are not whole; without it that is kept for another time." };

    public static Command Pause() => Make("pause", "Stops a job at its bytes; it holds no connection until it is resumed.", JobAction.Pause, "paused");

    public static Command Resume() => Make("resume", "Lets a paused job go on where it was.", JobAction.Resume, "resumed");

    public static Command Retry() => Make("retry", "Tries again what failed of a job.", JobAction.Retry, "to be tried again");

    public static Command Cancel()
    {
        var command = Make("cancel", "Calls a job off, for good. Files that are done stay.", JobAction.Cancel, "cancelled");
        command.Add(Discard);
        return command;
    }

    private static DocumentedCommand Make(string name, string line, JobAction action, string done)
    {
        var jobs = JobArgument.Many("The jobs");
        var command = new DocumentedCommand(name, line, [new($"civitai-dl job {name} 12") { Exit = ExitCodes.NotFound }], "It works from any terminal: the process that runs the job follows within a second.") { jobs };
        command.SetAction(Invocation.Action((invocation, cancellationToken) => RunAsync(invocation, invocation.Parse.GetValue(jobs)!, action, done, cancellationToken)));
        return command;
    }

    // Each by itself: one that cannot be paused is no reason to let the others run.
    private static async Task<int> RunAsync(Invocation invocation, string[] named, JobAction action, string done, CancellationToken cancellationToken)
    {
        var (store, screen) = (invocation.Services.Get<IJobStore>(), invocation.Screen);
        var jobs = await JobArgument.FindAsync(invocation, named, cancellationToken);
        var (changed, exits) = (new List<JobRecord>(), new List<int>());
        foreach (var job in jobs)
        {
            try
            {
                var discards = action == JobAction.Cancel && invocation.Parse.GetValue(Discard);
                // What was cancelled without, or was in use then, is discarded now.
                var after = discards && job.Status == JobStatus.Cancelled ? job : await store.ApplyAsync(job.Id, action, action == JobAction.Pause ? PauseReason.Asked : null, cancellationToken);
                changed.Add(after);
                screen.Say($"{JobText.Title(job)} is {done}: {JobText.Counts(after.Counts)}.{Next(after, action)}");
                if (discards) screen.Say(Said(await invocation.Services.Get<JobDiscarder>().RunAsync(job.Id, cancellationToken)));
                exits.Add(ExitCodes.Done);
            }
            catch (CivitaiDownloaderException refused)
            {
                exits.Add(ErrorWriter.Write(ErrorReport.Of(refused, cancellationToken), screen));
            }
        }

        if (invocation.IsJson && changed.Count > 0) JobListJson.Write(changed);
        return exits.Distinct().ToArray() is [var one] ? one : ExitCodes.Partly;
    }

    private static string Said(DiscardReport discarded)
    {
        var wanted = discarded.Wanted > 0 ? $" {Quantity.Of(discarded.Wanted, "file")} kept: another job goes on with {(discarded.Wanted == 1 ? "it" : "them")}." : "";
        var kept = discarded.Kept > 0 ? $" {Quantity.Of(discarded.Kept, "file")} still in use: run the same command again to remove what is left." : "";
        return $"{ByteSize.Format(discarded.Bytes)} removed.{wanted}{kept}";
    }

    private static string Next(JobRecord job, JobAction action) =>
        action is JobAction.Resume or JobAction.Retry && job is { Status: JobStatus.Pending } ? $" A process that runs jobs takes it up; `civitai-dl job run {job.Id}` starts one." : "";
}
