using System.CommandLine;
using System.CommandLine.Parsing;
using CivitaiDownloader.Cli.CommandLine;

namespace CivitaiDownloader.Cli.Scan;

/// <summary>What a command line must hold besides its single words.</summary>
internal static class ScanWording
{
    public static Action<CommandResult> Check(Argument<string[]> paths, Option<string?> explain, Option<bool> markdown, Option<bool> sarif) => command =>
    {
        var explains = command.GetResult(explain) is not null;
        var hasPaths = command.GetResult(paths) is { Tokens.Count: > 0 };
        if (!explains && !hasPaths) command.AddError("Nothing to scan was named: give files or folders, such as '.', or --explain RULE.");
        if (explains && hasPaths) command.AddError("--explain is about a rule and scans nothing: leave the paths out.");
        if (!explains && IsOn(command, markdown)) command.AddError("--markdown goes with --explain.");
        if (!IsOn(command, sarif)) return;
        if (explains) command.AddError("--sarif goes with paths, not with --explain.");
        if (IsOn(command, GlobalOptions.Json)) command.AddError("--sarif and --json exclude each other: each is the one document on standard output.");
    };

    private static bool IsOn(CommandResult command, Option<bool> option) => command.GetResult(option) is not null && command.GetValue(option);
}
