using System.CommandLine;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Job.Create;

namespace CivitaiDownloader.Cli.Job;

/// <summary><c>civitai-dl job</c>: many files as one named thing that outlives its process.</summary>
internal static class JobCommand
{
    public static Command Make() => new DocumentedCommand("job", "Makes, runs and commands jobs: many files as one thing that outlives its process.",
        [new("civitai-dl job list", "What there is to do")],
        "Any process can command a job, whichever runs it.")
    {
        CreateCommand.Make(), ListJobs.Make(), ShowJob.Make(), WatchJob.Make(), RunJobs.Make(), ControlJobs.Pause(), ControlJobs.Resume(), ControlJobs.Cancel(), ControlJobs.Retry(),
        OrderJobs.Reorder(), OrderJobs.Priority(), RemoveJobs.Make(), ReportJob.Make(),
    };
}
