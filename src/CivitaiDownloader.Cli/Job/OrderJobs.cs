using System.CommandLine;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Jobs.Exporting;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;

namespace CivitaiDownloader.Cli.Job;

/// <summary><c>civitai-dl job reorder|priority</c>: which comes first.</summary>
internal static class OrderJobs
{
    private static readonly string[] Priorities = ["low", "normal", "high"];
    private static readonly Argument<string> Job = JobArgument.One();
    private static readonly Option<bool> First = new("--first") { Description = "Before all others of its priority." };
    private static readonly Option<bool> Behind = new("--last") { Description = "Behind all others of its priority." };
    private static readonly Argument<string?> Level = new("PRIORITY") { Description = "low, normal or high.", CustomParser = Parsing.OneOf("priority", Priorities), CompletionSources = { Priorities } };
    private static readonly Option<long[]> Items = new("--item") { Description = "Only these items of the job, by their numbers (`job show --json`); may be repeated.", HelpName = "ID" };
    private static readonly Option<string?> Name = new("--name") { Description = "Only items with this text in the name of their model, version or file.", HelpName = "TEXT" };

    public static Command Reorder()
    {
        var command = new DocumentedCommand("reorder", "Moves a job before or behind the others.", [new("civitai-dl job reorder 12 --first") { Exit = ExitCodes.NotFound }]) { Job, First, Behind };
        command.SetAction(Invocation.Action(ReorderAsync));
        return command;
    }

    public static Command Priority()
    {
        var command = new DocumentedCommand("priority", "Gives a job, or items of it, another priority.",
            [
                new("civitai-dl job priority 12 high") { Exit = ExitCodes.NotFound },
                new("civitai-dl job priority 12 high --name 'ink wash'", "Some of its items before the others") { Exit = ExitCodes.NotFound },
            ])
        {
            Job, Level, Items, Name,
        };
        command.SetAction(Invocation.Action(PrioritiseAsync));
        return command;
    }

    private static async Task<int> ReorderAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (first, last) = (invocation.Parse.GetValue(First), invocation.Parse.GetValue(Behind));
        if (first == last) throw new UsageException("usage", first ? "--first and --last exclude each other" : "Where to is not said") { Hint = "Give --first or --last. Nothing was changed." };
        var job = await JobArgument.FindAsync(invocation, invocation.Parse.GetValue(Job)!, cancellationToken);
        if (JobLifecycle.IsOver(job.Status)) throw JobErrors.NothingToOrder(job.Id, job.Status);
        return Done(invocation, await invocation.Services.Get<IJobStore>().ChangeAsync(job.Id, new() { ToFront = first, ToBack = last }, cancellationToken), first ? "comes first" : "comes last");
    }

    private static async Task<int> PrioritiseAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var store = invocation.Services.Get<IJobStore>();
        var priority = Enum.Parse<Jobs.Store.Priority>(invocation.Parse.GetValue(Level)!, ignoreCase: true);
        var job = await JobArgument.FindAsync(invocation, invocation.Parse.GetValue(Job)!, cancellationToken);
        var (items, name) = (invocation.Parse.GetValue(Items) ?? [], invocation.Parse.GetValue(Name));
        if (JobLifecycle.IsOver(job.Status)) throw JobErrors.NothingToOrder(job.Id, job.Status);
        if (items.Length == 0 && name is null) return Done(invocation, await store.ChangeAsync(job.Id, new() { Priority = priority }, cancellationToken), $"has {JobWords.Of(priority)} priority");
        var chosen = items.Select(id => new ItemId(id)).ToList();
        if (name is not null)
        {
            await foreach (var item in store.AllItemsAsync(job.Id, new() { Name = name, Most = int.MaxValue }, cancellationToken)) chosen.Add(item.Id);
        }

        chosen = [.. chosen.Distinct()];
        var count = await store.PrioritiseAsync(job.Id, chosen, priority, cancellationToken);
        if (count < chosen.Count) invocation.Screen.Warn($"{Rendering.Quantity.Of(chosen.Count - count, "number")} of those given {(chosen.Count - count == 1 ? "is" : "are")} no item of job {job.Id}.");
        if (count == 0) throw new UsageException("no-such-item", $"Job {job.Id} has no such item") { Hint = $"`civitai-dl job show {job.Id} --all --json` lists them with their numbers. Nothing was changed.", ExitCode = ExitCodes.NotFound };
        return Done(invocation, await store.FindAsync(job.Id, cancellationToken) ?? job, $"has {Rendering.Quantity.Of(count, "item")} of {JobWords.Of(priority)} priority");
    }

    private static int Done(Invocation invocation, JobRecord job, string what)
    {
        invocation.Screen.Say($"{JobText.Title(job)} {what}.");
        if (invocation.IsJson) JobListJson.Write([job]);
        return ExitCodes.Done;
    }
}
