using System.CommandLine;
using System.Security.Cryptography;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Catalog.Searching;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Memory;
using CivitaiDownloader.Jobs;
using CivitaiDownloader.Jobs.Sources;
using CivitaiDownloader.Transfer;
using CivitaiDownloader.Transfer.Pacing;

namespace CivitaiDownloader.Cli.Get;

/// <summary><c>civitai-dl get TARGET...</c></summary>
internal static class GetCommand
{
    private static readonly Argument<string[]> Targets = new("TARGET") { Description = "Model ids, MODEL@VERSION, page or download addresses, AIRs, hashes, files, or - for a list on standard input.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string?> File = new("--file") { Description = "The file with this name or id.", HelpName = "NAME|ID" };
    private static readonly Option<string?> Format = new("--format") { Description = "Only this format (SafeTensor, PickleTensor, GGUF …).", HelpName = "FORMAT", CompletionSources = { KnownNames.FileFormats.ToArray() } };
    private static readonly Option<string?> Precision = new("--precision") { Description = "Only this precision (fp16, fp32, bf16 …).", HelpName = "FP" };
    private static readonly Option<string[]> Prefer = new("--prefer") { Description = "What to look for first, in order: formats, precisions, full, pruned (--prefer pruned,fp16).", HelpName = "LIST" };
    private static readonly Option<string?> Output = new("--output", "-o") { Description = "Put it into this folder, or under this file name, instead of into the library.", HelpName = "PATH" };
    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Show the plan and stop." };

    public static Command Make()
    {
        var command = new DocumentedCommand("get", "Downloads, verifies and keeps models.",
            [
                new("civitai-dl get 4201"),
                new("civitai-dl get 4202 --precision fp32", "The full-precision file of a checkpoint"),
                new("civitai-dl get 4201 4203 --dry-run", "What two of them would do"),
                new("civitai-dl search ink --limit 3 --json | civitai-dl get - --dry-run", "What was found"),
                new("civitai-dl get 'https://civitai.com/api/download/models/42020?type=VAE'", "What a copied download address means"),
            ],
            "Interrupted, the same command goes on where it was.\n\n" + TargetInput.Forms,
            [.. ExitCodes.Meanings.Select(exit => exit.Code).Where(code => code is not (ExitCodes.Dangerous or ExitCodes.OutputClosed))])
        {
            Targets, File, Format, Precision, Prefer, Output, TransferFlags.Bandwidth, TransferFlags.Parallel, DryRun,
        };
        command.SetAction(Invocation.Action(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var economy = new MemoryEconomy();
        invocation.StageEnded = economy.StageEnded; // the peak of a download lies in its handshakes and its end, not in its bytes
        _ = invocation.Settings;
        WorkingSet.GiveBackFilePages(); // reading the command line and the settings touches a third of the program; what follows, another
        var services = invocation.Services;
        WorkingSet.GiveBack();
        _ = SHA256.HashData([]); // loads OpenSSL, which is needed anyway, before the next pages are counted
        WorkingSet.GiveBackFilePages();
        var targets = await TargetInput.ReadAsync(invocation.Parse.GetValue(Targets)!, new(services.Http.Endpoint), invocation.Screen, cancellationToken);
        var requests = Requests(invocation.Parse, targets, invocation);
        var isDryRun = invocation.Parse.GetValue(DryRun);
        var isOneByOne = requests.Count == 1 || services.Get<TransferOptions>().FilesAtOnce == 1;
        if (!isOneByOne) economy.Rarely();
        using var speaker = new Speaker(invocation.Screen, services.Time, requests.Count, hasBoard: !isOneByOne && !isDryRun);
        using var bandwidth = isDryRun ? null : BandwidthFromFile.Watch(invocation.Settings, services.Get<BandwidthClock>(), services.Time, speaker.Aside.Warn);
        var outcomes = isOneByOne
            ? await OneByOneAsync(requests, new(services, invocation.Screen), isDryRun, cancellationToken)
            : await new SeveralFiles(services, speaker, isDryRun).RunAsync(requests, cancellationToken);
        if (isDryRun && outcomes.Count > 0) invocation.Screen.Say("Nothing was downloaded (--dry-run).");
        if (invocation.IsJson) GetJson.Write(outcomes);
        return ExitCodeOf(outcomes);
    }

    private static async Task<IReadOnlyList<GetOutcome>> OneByOneAsync(IReadOnlyList<GetRequest> requests, GetRun run, bool isDryRun, CancellationToken cancellationToken)
    {
        var outcomes = new List<GetOutcome>();
        foreach (var request in requests)
        {
            if (cancellationToken.IsCancellationRequested) outcomes.Add(GetOutcome.NotBegun(request, cancellationToken));
            else outcomes.Add(isDryRun ? await run.PlanAsync(request, cancellationToken) : await run.GetAsync(request, cancellationToken));
        }

        return outcomes;
    }

    private static List<GetRequest> Requests(ParseResult parse, IReadOnlyList<ListedTarget> targets, Invocation invocation)
    {
        var output = parse.GetValue(Output);
        if (output is { Length: 0 }) throw new UsageException("usage", "--output is empty") { Hint = "Give a folder or a file name. Nothing was done." };
        if (output is not null && targets.Count > 1 && !Path.EndsInDirectorySeparator(output) && !Directory.Exists(output))
            throw new UsageException("usage", $"--output '{output}' is no folder, and {targets.Count} targets cannot share one file name") { Hint = "End it with a / to make it a folder. Nothing was done." };
        var preferences = new FilePreferences
        {
            File = parse.GetValue(File), Format = parse.GetValue(Format), Precision = parse.GetValue(Precision),
            Prefer = [.. (parse.GetValue(Prefer) ?? []).SelectMany(list => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))],
        };
        return [.. targets.Select(target => new GetRequest(target.Target, target.Text) { Preferences = preferences, Output = output, Cache = invocation.Cache })];
    }

    private static int ExitCodeOf(IReadOnlyList<GetOutcome> outcomes)
    {
        var failed = outcomes.Select(outcome => outcome.Error?.ExitCode).OfType<int>().Distinct().ToArray();
        if (failed.Contains(ExitCodes.Interrupted)) return ExitCodes.Interrupted;
        if (failed.Length == 0) return ExitCodes.Done;
        if (outcomes.Any(outcome => outcome.Error is null)) return ExitCodes.Partly;
        return failed.Length == 1 ? failed[0] : ExitCodes.Failed;
    }
}
