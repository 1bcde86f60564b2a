using System.CommandLine;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Jobs.Verifying;
using CivitaiDownloader.Library.Hashing;
using CivitaiDownloader.Library.Verifying;

namespace CivitaiDownloader.Cli.Verify;

/// <summary><c>civitai-dl verify [PATH...]</c></summary>
internal static class VerifyCommand
{
    private static readonly Argument<string[]> Paths = new("PATH") { Description = "Files, and folders with everything below them. Default: the whole library.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<bool> AllFiles = new("--all-files") { Description = "Look at every file of a folder, not only at those with a model's extension." };
    private static readonly Option<bool> Again = new("--again") { Description = "Begin anew instead of going on with a check that was interrupted." };
    private static readonly Option<bool> List = new("--list") { Description = "List the verified files too when the whole library is checked." };
    private static readonly Option<int?> Readers = ReadersOption.Make();

    public static Command Make()
    {
        var command = new DocumentedCommand("verify", "Reads files again and compares them with what is known of them.",
            [
                new("civitai-dl verify", "The whole library"),
                new("civitai-dl verify . --json", "Everything below this folder, for a program"),
                new("civitai-dl verify --again --readers 1", "From the beginning, one file at a time"),
            ],
            "A file is held against the library's history, else against what lies beside it (NAME.civitai.info, NAME.EXT.sha256), else against Civitai. Every byte is read: nothing is taken from an earlier check. "
            + "Interrupted, the same command goes on where it was.\n\n"
            + "verified: the bytes are right. damaged: they are others. unverifiable: nothing is known to compare with, or the file could not be read. missing: the history has it, the disk has not. "
            + "The worst decides the exit code: 7 when a file is damaged, else 5 when one is missing, else 3 when one could not be read or asked for; unverifiable files alone are no failure.")
        {
            Paths, AllFiles, Again, List, Readers,
        };
        Paths.Validators.Add(Parsing.RefuseEmpty);
        command.SetAction(Invocation.Action(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (services, parse) = (invocation.Services, invocation.Parse);
        var verifier = services.Get<Verifier>();
        var said = new VerifyScreen(invocation.Screen, services.Time);
        var paths = parse.GetValue(Paths) ?? [];
        var plan = verifier.Plan(new(paths)
        {
            Selection = parse.GetValue(AllFiles) ? FileSelection.All : FileSelection.Models,
            Start = parse.GetValue(Again) ? VerifyStart.Again : VerifyStart.GoOn,
            Readers = parse.Readers(Readers), Cache = invocation.Cache,
        }, cancellationToken);
        said.Begins(plan);
        SkippedNotice.Write(plan.Skipped, invocation.Screen);
        var meter = new HashMeter(services.Time);
        var report = await ReadingBar.WatchAsync(verifier.RunAsync(plan, meter, cancellationToken), meter, invocation.Screen, services.Time);
        if (invocation.IsJson) VerifyJson.Write(report, plan.Skipped);
        else said.Files(report, listAll: paths.Length > 0 || parse.GetValue(List));
        said.Ends(report, meter.Read(), cancellationToken);
        return ExitCodeOf(report);
    }

    private static int ExitCodeOf(VerifyReport report)
    {
        var files = report.Files;
        if (files.Any(file => file.Status == VerifyStatus.Damaged)) return ExitCodes.Damaged;
        if (files.Any(file => file.Status == VerifyStatus.Missing)) return ExitCodes.NotFound;
        var failed = files.Select(file => file.Error).OfType<Exception>().Select(ExitCodes.Of).Distinct().ToArray();
        if (failed.Length == 0) return ExitCodes.Done;
        return files.Any(file => file.Error is null) ? ExitCodes.Partly : failed.Length == 1 ? failed[0] : ExitCodes.Failed;
    }
}
