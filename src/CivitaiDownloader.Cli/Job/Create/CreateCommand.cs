using System.CommandLine;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Planning;
using CivitaiDownloader.Jobs.Store;

namespace CivitaiDownloader.Cli.Job.Create;

/// <summary><c>civitai-dl job create</c>: sources, a plan, a question, a job.</summary>
internal static class CreateCommand
{
    private const string Notes = """
        Sources combine: first the targets, then the lists in their order, then the search; of files with the same content the first counts. --search, --creator, --tag, --category, --favorites, --followed, --hidden and --collection begin a search, and all filters of `search` narrow it; without targets and lists any filter does.
        A list is text with one target a line and # comments, a table with a column id, version or url, or JSON as search, info, get and job report print it. Lines that are no target are named and passed over; something that is mostly no list is refused.
        Nothing is downloaded before the plan was confirmed. What it shows is what runs. Where it ends with 3, the job was made, and some of what was named is not in it.
        """;

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Show the plan and stop; no job is made." };
    private static readonly Option<bool> Yes = new("--yes", "-y") { Description = "Make the job without asking." };
    private static readonly Option<bool> ShowAll = new("--all") { Description = "Show every file of the plan and every problem, not only the first ones." };
    private static readonly Option<bool> Partial = new("--partial") { Description = "When Civitai stops answering in the middle of a source, plan what it gave; else that is an error." };
    private static readonly Option<bool> Watch = new("--watch") { Description = "Run the job here at once (the default on a terminal)." };
    private static readonly Option<bool> NoWatch = new("--no-watch") { Description = "Only make it; `civitai-dl job run` runs it." };

    public static Command Make()
    {
        var command = new DocumentedCommand("create", "Plans a job, shows what it would do, and makes it.",
            [
                new("civitai-dl job create --search ink --type LORA --dry-run", "The plan for all that a search finds"),
                new("civitai-dl job create 4201 4202@42020 --name 'two of them' --yes --no-watch", "Targets as get takes them"),
                new("civitai-dl job create --from targets.txt --only-safetensors --max-file-size 2GiB --yes --no-watch", "A list, without pickles and large files"),
                new("civitai-dl job create --creator ana_m --all-versions --skip-tag anime --max-total 50GiB --yes --no-watch", "Every version by a creator, at most 50 GiB"),
                new("civitai-dl search ink --all --json | civitai-dl job create --from - --hours 01:00-07:00 --limit-rate 10M --yes --no-watch", "What was found, at night, at 10 MiB a second"),
            ],
            Notes + "\n" + TargetInput.Forms,
            [.. ExitCodes.Meanings.Select(exit => exit.Code).Where(code => code is not (ExitCodes.Damaged or ExitCodes.Dangerous or ExitCodes.OutputClosed))])
        {
            CreateSources.Targets,
        };
        foreach (var option in CreateSources.Options.Concat(CreateRules.Options).Concat(CreateSettings.Options).Concat([DryRun, Yes, ShowAll, Partial, Watch, NoWatch])) command.Add(option);
        command.SetAction(Invocation.Action(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var parse = invocation.Parse;
        Search.SearchRequest.Exclude(parse, Watch, NoWatch, "job create");
        Search.SearchRequest.Exclude(parse, DryRun, Watch, "job create");
        var settings = CreateSettings.Read(parse, invocation);
        var name = CreateSettings.NameOf(parse) ?? JobTitle.Name(parse);
        var rules = CreateRules.Read(parse);
        var sources = await CreateSources.ReadAsync(invocation, cancellationToken);
        RequireAnswer(parse, invocation);
        var request = new PlanRequest
        {
            Job = new(name, settings) { Priority = CreateSettings.PriorityOf(parse), Source = JobTitle.Source(parse) },
            Sources = sources.All,
            Mistakes = sources.Mistakes,
            Rules = rules,
            Cache = invocation.Cache,
            OnBreak = parse.GetValue(Partial) ? SourceBreak.KeepWhatCame : SourceBreak.Fail,
            HasKey = invocation.Settings.Key is not null,
        };
        var meter = new PlanMeter();
        var planning = invocation.Services.Get<JobPlanner>().PlanAsync(request, meter, cancellationToken);
        var plan = await PlanProgress.WatchAsync(planning, meter, invocation.Screen, invocation.Services.Time);
        return await DecideAsync(invocation, plan, cancellationToken);
    }

    private static async Task<int> DecideAsync(Invocation invocation, JobPlan plan, CancellationToken cancellationToken)
    {
        var (store, isKept) = (invocation.Services.Get<IJobStore>(), false);
        try
        {
            if (invocation.Parse.GetValue(DryRun))
            {
                if (invocation.IsJson) await PlanJson.WriteAsync(plan, store, invocation.Services.Store, cancellationToken);
                else await ShowAsync(invocation, plan, PlanSide.Output, cancellationToken);
                invocation.Screen.Say("No job was made (--dry-run).");
                return ExitCodeOf(plan);
            }

            await ShowAsync(invocation, plan, PlanSide.Error, cancellationToken);
            if (plan.ToFetch.Count == 0) return NothingNew(invocation, plan);
            if (!invocation.Parse.GetValue(Yes) && !await Confirmation.AskAsync($"Make this job of {Quantity.Of(plan.ToFetch.Count, "file")}?", invocation.Screen, cancellationToken))
            {
                invocation.Screen.Say("No job was made.");
                return ExitCodes.Failed;
            }

            var job = await store.ConfirmAsync(plan.Draft, cancellationToken);
            isKept = true;
            return await MadeAsync(invocation, plan, job, cancellationToken);
        }
        finally
        {
            if (!isKept) await store.RemoveAsync(plan.Draft, CancellationToken.None);
        }
    }

    private static async Task<int> MadeAsync(Invocation invocation, JobPlan plan, JobRecord job, CancellationToken cancellationToken)
    {
        if (invocation.IsJson) await CreatedJson.WriteAsync(plan, job, invocation.Services.Get<IJobStore>(), cancellationToken);
        else invocation.Screen.Print($"Job {job.Id} '{DisplayText.Harmless(job.Name)}': {Quantity.Of(plan.ToFetch.Count, "file")}, {Flow.Together(Primitives.ByteSize.Format(plan.ToFetch.Bytes))}.");
        var watches = invocation.Parse.GetValue(Watch) || (!invocation.Parse.GetValue(NoWatch) && invocation.Screen.ShowsProgress && !invocation.IsJson);
        if (!watches) invocation.Screen.Say($"Run it with `civitai-dl job run {job.Id}`.");
        var code = watches ? await JobWatching.RunAndWatchAsync(invocation, job, cancellationToken) : ExitCodes.Done;
        return code == ExitCodes.Done ? ExitCodeOf(plan) : code;
    }

    private static int NothingNew(Invocation invocation, JobPlan plan)
    {
        if (invocation.IsJson) CreatedJson.WriteNone(plan);
        else invocation.Screen.Print($"{(plan.Files.Count == 1 ? "The file is" : $"All {Quantity.Of(plan.Files.Count, "file")} are")} in the library already: no job was made.");
        return ExitCodeOf(plan);
    }

    private static Task ShowAsync(Invocation invocation, JobPlan plan, PlanSide side, CancellationToken cancellationToken) =>
        new PlanScreen(invocation.Screen, side, invocation.Parse.GetValue(ShowAll)).ShowAsync(plan, invocation.Services.Get<IJobStore>(), cancellationToken);

    private static int ExitCodeOf(JobPlan plan) => plan.LacksTargets ? ExitCodes.Partly : ExitCodes.Done;

    // Before anything is asked of Civitai.
    private static void RequireAnswer(ParseResult parse, Invocation invocation)
    {
        if (parse.GetValue(DryRun) || parse.GetValue(Yes)) return;
        if (invocation.IsJson) throw new UsageException("usage", "--json asks nobody: whether the job is to be made must be said") { Hint = "Add --yes to make it, or --dry-run to see the plan. Nothing was done." };
        if (!Confirmation.IsPossible) throw new UsageException("usage", "There is no terminal to ask on whether the job is to be made") { Hint = "Add --yes to make it, or --dry-run to see the plan. Nothing was done." };
    }
}
