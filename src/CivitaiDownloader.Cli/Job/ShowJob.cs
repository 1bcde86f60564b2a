using System.CommandLine;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Exporting;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;

namespace CivitaiDownloader.Cli.Job;

/// <summary><c>civitai-dl job show JOB</c></summary>
internal static class ShowJob
{
    private const int MostItems = 20;

    private static readonly string[] Statuses = ["pending", "processing", "waiting-for-sign-in", "completed", "skipped", "quarantined", "failed", "cancelled"];
    private static readonly Argument<string> Job = JobArgument.One();
    private static readonly Option<string[]> Status = new("--status") { Description = $"Only items that are {string.Join(", ", Statuses)}; may be repeated.", HelpName = "STATUS", CompletionSources = { Statuses } };
    private static readonly Option<string?> Error = new("--error") { Description = "Only items with this error (early-access, not-found …).", HelpName = "CODE" };
    private static readonly Option<string?> Name = new("--name") { Description = "Only items with this text in the name of their model, version or file.", HelpName = "TEXT" };
    private static readonly Option<bool> All = new("--all") { Description = $"Every item, not only the first {MostItems}." };

    public static Command Make()
    {
        var command = new DocumentedCommand("show", "Shows where a job stands: counts, errors by their cause, items.",
            [new("civitai-dl job show last --status failed --all", "Everything that failed") { Exit = ExitCodes.NotFound }])
        {
            Job, Status, Error, Name, All,
        };
        command.SetAction(Invocation.Action(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var store = invocation.Services.Get<IJobStore>();
        var filter = Filter(invocation);
        var job = await JobArgument.FindAsync(invocation, invocation.Parse.GetValue(Job)!, cancellationToken);
        if (invocation.IsJson)
        {
            await using var output = StandardOutput.Open();
            await JobExport.WriteJsonAsync(store, job, filter with { Most = int.MaxValue }, output, cancellationToken);
            return ExitCodes.Done;
        }

        await new JobPage(invocation.Screen, store, invocation.Services.Time).WriteAsync(job, filter, cancellationToken);
        return ExitCodes.Done;
    }

    private static ItemFilter Filter(Invocation invocation)
    {
        var parse = invocation.Parse;
        var statuses = new List<ItemStatus>();
        foreach (var word in (parse.GetValue(Status) ?? []).SelectMany(list => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)))
        {
            var named = word.Equals("placed", StringComparison.OrdinalIgnoreCase) ? "completed" : word.Equals("present", StringComparison.OrdinalIgnoreCase) ? "skipped" : word; // as items are called in JSON
            if (!Enum.TryParse<ItemStatus>(named.Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out var status) || !Enum.IsDefined(status) || char.IsAsciiDigit(word[0]))
                throw new UsageException("usage", $"'{Primitives.VisibleText.OneLine(word, 40)}' is no status of an item") { Hint = $"Give any of {string.Join(", ", Statuses)}. Nothing was done." };
            statuses.Add(status);
        }

        return new() { Statuses = statuses, ErrorCode = parse.GetValue(Error), Name = parse.GetValue(Name), Most = parse.GetValue(All) ? int.MaxValue : MostItems };
    }
}
