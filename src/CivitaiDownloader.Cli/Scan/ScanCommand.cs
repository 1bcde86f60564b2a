using System.CommandLine;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Memory;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Http;
using CivitaiDownloader.Jobs.Scanning;
using CivitaiDownloader.Library.Hashing;
using CivitaiDownloader.Scanning;
using CivitaiDownloader.Scanning.Rules;

namespace CivitaiDownloader.Cli.Scan;

/// <summary><c>civitai-dl scan PATH...</c>, <c>civitai-dl scan --explain RULE</c></summary>
internal static class ScanCommand
{
    private static readonly Argument<string[]> Paths = new("PATH") { Description = "Files, and folders with everything below them, whatever it is called.", Arity = ArgumentArity.ZeroOrMore };
    private static readonly Option<bool> All = new("--all") { Description = "List the clean files too." };
    private static readonly Option<bool> Hash = new("--hash") { Description = "Compute the SHA-256 of files above 64 MiB too. That reads all of them; judging them does not." };
    private static readonly Option<bool> Sarif = new("--sarif") { Description = "Print the findings as SARIF 2.1.0, which code hosts and editors read." };
    private static readonly Option<string?> Explain = new("--explain") { Description = "Say what a rule finds, why that matters and what to do, or list all rules with `all`.", HelpName = "RULE" };
    private static readonly Option<bool> Markdown = new("--markdown") { Description = "With --explain: as Markdown." };
    private static readonly Option<int?> Readers = ReadersOption.Make();

    public static Command Make()
    {
        var command = new DocumentedCommand("scan", "Says whether files are safe to load.",
            [
                new("civitai-dl scan models/unknown.safetensors", "One file, with every finding explained") { Exit = ExitCodes.Partly },
                new("civitai-dl scan models --json", "Everything below a folder, for a program") { Exit = ExitCodes.Partly },
                new("civitai-dl scan --explain name-mismatch", "What a rule means"),
            ],
            "Nothing in a file is run or loaded. What it is goes by its bytes, never by its name, and archives are looked into. Weights are passed over, so that a file of many gigabytes takes no longer than a small one.\n\n"
            + "clean: every byte is accounted for and nothing was found. suspicious: it breaks the rules of its format, names what no list knows, or holds what cannot be examined. dangerous: loading or unpacking it would run code, or reach files or the network. "
            + "unknown: nobody could look.\n\n"
            + "What was found is remembered by content and rule set; --no-cache scans everything anew. Every new verdict goes into the audit log (`civitai-dl audit`). With Scan:Clamd set (a path or address of ClamAV's clamd), each file is also streamed to it, whole and every time; one that it did not scan is suspicious, or with Scan:ClamdPolicy=prefer has a note.\n\nThe worst decides the exit code: 8 when a file is dangerous, else 3 when one is suspicious or could not be looked at, else 0; when no file could be looked at, the code of why.",
            [ExitCodes.Done, ExitCodes.Failed, ExitCodes.Usage, ExitCodes.Partly, ExitCodes.NotFound, ExitCodes.Dangerous, ExitCodes.NoSpace, ExitCodes.Interrupted, ExitCodes.OutputClosed])
        {
            Paths, All, Hash, Sarif, Explain, Markdown, Readers,
        };
        Paths.Validators.Add(Parsing.RefuseEmpty);
        command.Validators.Add(ScanWording.Check(Paths, Explain, Markdown, Sarif));
        command.SetAction(Invocation.Action(RunAsync));
        return command;
    }

    // A smaller file cannot unpack to more than the memory that it is given at once.
    private const long SmallBytes = 256 * 1024;

    private static async Task<int> RunAsync(Invocation invocation, CancellationToken cancellationToken)
    {
        var (screen, parse) = (invocation.Screen, invocation.Parse);
        if (parse.GetValue(Explain) is { } rule) return RuleExplanation.Write(rule, parse.GetValue(Markdown), invocation);
        var services = invocation.Services;
        var found = FileFinder.Find(parse.GetValue(Paths)!, FileSelection.All, cancellationToken);
        SkippedNotice.Write(found.Skipped, screen);
        if (found.Files.Any(file => file.Stamp.Bytes > SmallBytes)) WorkingSet.GiveBack(); // what starting up has touched makes room for a decoder's window
        var meter = new HashMeter(services.Time);
        var request = new ScanRequest(found.Files) { Readers = parse.Readers(Readers), HashesAll = parse.GetValue(Hash), Recalls = invocation.Cache != CacheUse.Refresh };
        var scanned = await ReadingBar.WatchAsync(services.Get<FilesScan>().RunAsync(request, meter, cancellationToken), meter, screen, services.Time, new("Scanning", "Scanning"));
        ScanOutcome[] outcomes = [.. scanned.OrderBy(file => file.File.Path, StringComparer.Ordinal).Select(file => ScanOutcome.Of(file, services.Http.Endpoint, cancellationToken))];
        var exitCode = ExitCodeOf(outcomes);
        if (parse.GetValue(Sarif)) ScanSarif.Write(outcomes, exitCode);
        else if (invocation.IsJson) ScanJson.Write(outcomes, found.Skipped, services.Get<RuleSet>().Version);
        else if (outcomes is [{ Error: null } only]) new FileReport(screen).Write(only.Scanned);
        else if (outcomes.Length > 1) new ScanTable(screen).Write(outcomes, parse.GetValue(All));
        new ScanSummary(screen).Write(outcomes, meter.Read());
        return exitCode;
    }

    private static int ExitCodeOf(ScanOutcome[] outcomes)
    {
        if (outcomes.Any(outcome => outcome.Verdict == Verdict.Dangerous)) return ExitCodes.Dangerous;
        var failed = outcomes.Select(outcome => outcome.Error?.ExitCode).OfType<int>().Distinct().ToArray();
        if (failed.Length > 0 && outcomes.All(outcome => outcome.Error is not null)) return failed.Length == 1 ? failed[0] : ExitCodes.Failed;
        return outcomes.Any(outcome => outcome.Verdict != Verdict.Clean) ? ExitCodes.Partly : ExitCodes.Done;
    }
}
