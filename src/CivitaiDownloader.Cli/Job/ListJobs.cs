using System.CommandLine;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Exporting;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Job;

/// <summary><c>civitai-dl job list</c></summary>
internal static class ListJobs
{
    private const int Id = 5, Status = 18, Files = 19, Bytes = 23, Priority = 8, Gap = 2, LeastName = 10, MostName = 48;

    private static readonly Option<bool> All = new("--all") { Description = "Also those that are completed or cancelled." };

    public static Command Make()
    {
        var command = new DocumentedCommand("list", "Lists jobs, the next to run first.", [new("civitai-dl job list --all", "Also what is over")]) { All };
        command.SetAction(Invocation.Action(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (screen, all) = (invocation.Screen, invocation.Parse.GetValue(All));
        var jobs = await invocation.Services.Get<IJobStore>().ListAsync(cancellationToken);
        // What failed is to be seen until somebody has done something about it.
        JobRecord[] shown = [.. jobs.Where(job => all || invocation.IsJson || job.Status is not (JobStatus.Completed or JobStatus.Cancelled) || (job.Status == JobStatus.Completed && job.Counts.Failed > 0))
            .OrderBy(job => JobLifecycle.IsOver(job.Status)).ThenByDescending(job => job.Priority).ThenBy(job => job.Position).ThenBy(job => job.Id.Value)];
        if (invocation.IsJson)
        {
            JobListJson.Write(shown);
            return ExitCodes.Done;
        }

        if (shown.Length > 0) Write(screen, shown);
        if (shown.Length == 0) screen.Say("There is no job. `civitai-dl job create --help` says how to make one.");
        if (jobs.Count > shown.Length) screen.Say($"{Quantity.Of(jobs.Count - shown.Length, "job")} that {(jobs.Count - shown.Length == 1 ? "is" : "are")} over: --all shows them.");
        return ExitCodes.Done;
    }

    // What a narrow terminal does without, in this order: priority, bytes.
    private static void Write(Screen screen, JobRecord[] jobs)
    {
        var hasBytes = screen.Width >= Id + Status + Files + Bytes + LeastName + (4 * Gap);
        var hasPriority = screen.Width >= Id + Status + Files + Bytes + Priority + LeastName + 8 + (5 * Gap);
        var name = Math.Clamp(screen.Width - Id - Status - Files - (3 * Gap) - (hasBytes ? Bytes + Gap : 0) - (hasPriority ? Priority + Gap : 0), LeastName, MostName);
        screen.Output.WriteLine(screen.Ink.Strong(Line("JOB", "NAME", "STATUS", "FILES", "BYTES", "PRIORITY")));
        foreach (var job in jobs)
        {
            var counts = job.Counts;
            screen.Output.WriteLine(Line(job.Id.ToString(), DisplayText.Harmless(job.Name), JobText.Status(job), $"{Quantity.Number(counts.Total - counts.Left)} of {Quantity.Number(counts.Total)}",
                $"{ByteSize.Format(counts.BytesDone)} of {ByteSize.Format(counts.BytesTotal)}", JobWords.Of(job.Priority)));
        }

        string Line(string id, string called, string status, string files, string bytes, string priority)
        {
            var gap = new string(' ', Gap);
            var line = $"{id.PadLeft(Id)}{gap}{DisplayText.Fit(called, name)}{gap}{status.PadRight(Status)}{gap}{files.PadRight(Files)}";
            if (hasBytes) line += gap + bytes.PadRight(Bytes);
            if (hasPriority) line += gap + priority;
            return line.TrimEnd();
        }
    }
}
