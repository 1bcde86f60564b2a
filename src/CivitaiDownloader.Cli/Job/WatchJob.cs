using System.CommandLine;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Job;

/// <summary><c>civitai-dl job watch JOB</c></summary>
internal static class WatchJob
{
    private static readonly Argument<string> Job = JobArgument.One();

    public static Command Make()
    {
        var command = new DocumentedCommand("watch", "Shows what happens to a job until it is over, whichever process runs it.",
            [new("civitai-dl job watch last --json", "An event a line, for a program") { Exit = ExitCodes.NotFound }],
            "Watching runs nothing: `civitai-dl job run` does. To stop watching, interrupt it; the job is not touched.")
        {
            Job,
        };
        command.SetAction(Invocation.Action(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var job = await JobArgument.FindAsync(invocation, invocation.Parse.GetValue(Job)!, cancellationToken);
        if (!invocation.IsJson) invocation.Screen.Say($"Watching {JobText.Name(job)}: {JobText.Status(job)}, {JobText.Counts(job.Counts)}, {ByteSize.Format(job.Counts.BytesDone)} of {ByteSize.Format(job.Counts.BytesTotal)}.");
        return JobExit.Of(await JobWatching.WatchAsync(invocation, job, cancellationToken) ?? job);
    }
}
