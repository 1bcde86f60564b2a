using System.CommandLine;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Http;
using CivitaiDownloader.Jobs.Identifying;
using CivitaiDownloader.Library.Hashing;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Identify;

/// <summary><c>civitai-dl identify PATH...</c></summary>
internal static class IdentifyCommand
{
    private static readonly Argument<string[]> Paths = new("PATH") { Description = "Files, and folders with everything below them.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<bool> AllFiles = new("--all-files") { Description = "Look at every file of a folder, not only at those with a model's extension." };
    private static readonly Option<int?> Readers = ReadersOption.Make();

    public static Command Make()
    {
        var command = new DocumentedCommand("identify", "Says which models files on disk are.",
            [
                new("civitai-dl identify .", "Every model file below this folder"),
                new("civitai-dl identify . --json", "The same for a program"),
            ],
            "Files are named by their content, whatever they are called. Nothing on disk is changed. Hashes are remembered while a file's size and time stay the same, so a second run reads only what is new; "
            + "answers of Civitai are remembered for a week (--no-cache asks anew).")
        {
            Paths, AllFiles, Readers,
        };
        Paths.Validators.Add(Parsing.RefuseEmpty);
        command.SetAction(Invocation.Action(RunAsync));
        return command;
    }

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (services, screen, parse) = (invocation.Services, invocation.Screen, invocation.Parse);
        var found = FileFinder.Find(parse.GetValue(Paths)!, parse.GetValue(AllFiles) ? FileSelection.All : FileSelection.Models, cancellationToken);
        SkippedNotice.Write(found.Skipped, screen);
        var meter = new HashMeter(services.Time);
        var (hashed, asked) = await ReadingBar.WatchAsync(HashAndAskAsync(invocation, found.Files, meter, cancellationToken), meter, screen, services.Time);
        var failure = asked.Failure is null ? null : ErrorReport.Of(asked.Failure, cancellationToken) with { Hint = "What was hashed is remembered: run the same command again when Civitai can be reached." };
        IdentifyOutcome[] outcomes = [.. hashed.Select(file => Outcome(file, asked, failure, cancellationToken))];
        string[] warnings = asked.Skipped == 0 ? [] : [$"{Quantity.Of(asked.Skipped, "row")} of Civitai's answer could not be read: as many of the unknown files may be known to it. They are asked for again the next time."];
        if (invocation.IsJson) IdentifyJson.Write(outcomes, found.Skipped, warnings);
        else new IdentifyTable(screen).Write(outcomes);
        if (asked.Oldest is { } oldest) StaleNotice.Write(new(outcomes.Length, oldest, asked.Failure as HttpException is { Fault: not HttpFault.Offline } gone ? gone : null), screen, services.Time.GetUtcNow());
        new IdentifySummary(screen).Write(outcomes, meter.Read(), asked.Oldest is null || outcomes.Any(outcome => !outcome.IsComplete) ? failure : null);
        foreach (var warning in warnings) screen.Warn(warning);
        return ExitCodeOf(outcomes, failure);
    }

    private static async Task<(IReadOnlyList<HashedFile>, Identification)> HashAndAskAsync(Invocation invocation, IReadOnlyList<FoundFile> files, HashMeter meter, CancellationToken cancellationToken)
    {
        var hashed = await invocation.Services.Get<FileHasher>().HashAsync(files, invocation.Parse.Readers(Readers), meter, cancellationToken);
        var hashes = hashed.Select(file => file.Sha256).OfType<ContentHash>().Distinct().ToArray();
        return (hashed, await invocation.Services.Get<Identifier>().IdentifyAsync(hashes, invocation.Cache, cancellationToken));
    }

    private static IdentifyOutcome Outcome(HashedFile file, Identification asked, ErrorReport? failure, CancellationToken cancellationToken)
    {
        if (file.Sha256 is not { } sha256) return new(file, null, ErrorReport.Of(file.Refusal!, cancellationToken));
        return asked.Find(sha256) is { } matches ? new(file, matches, null) : new(file, null, failure);
    }

    private static int ExitCodeOf(IdentifyOutcome[] outcomes, ErrorReport? failure)
    {
        var failed = outcomes.Select(outcome => outcome.Error?.ExitCode).OfType<int>().Distinct().ToArray();
        if (failed.Length == 0) return failure is not null && outcomes.Any(outcome => !outcome.IsComplete) ? ExitCodes.Partly : ExitCodes.Done;
        if (outcomes.Any(outcome => outcome.Error is null)) return ExitCodes.Partly;
        return failed.Length == 1 ? failed[0] : ExitCodes.Failed;
    }
}
