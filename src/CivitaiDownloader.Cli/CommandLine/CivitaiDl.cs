using System.CommandLine;
using System.CommandLine.Help;
using System.Runtime.InteropServices;
using System.Text;
using CivitaiDownloader.Cli.Audit;
using CivitaiDownloader.Cli.Completion;
using CivitaiDownloader.Cli.Accounts;
using CivitaiDownloader.Cli.Config;
using CivitaiDownloader.Cli.Demo;
using CivitaiDownloader.Cli.Doctor;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Get;
using CivitaiDownloader.Cli.Help;
using CivitaiDownloader.Cli.Identify;
using CivitaiDownloader.Cli.Info;
using CivitaiDownloader.Cli.Job;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Cli.SandboxCommand;
using CivitaiDownloader.Cli.Scan;
using CivitaiDownloader.Cli.Search;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Cli.Verify;

namespace CivitaiDownloader.Cli.CommandLine;

/// <summary>The whole command line, from words to exit code.</summary>
internal static class CivitaiDl
{
    public static async Task<int> RunAsync(string[] args)
    {
        // Text from models is in every script; a terminal that cannot show it shows a substitute.
        if (OperatingSystem.IsWindows()) Console.OutputEncoding = Encoding.UTF8;
        StandardOutput.Install();
        StandardError.Install();
        try
        {
            if (VersionText.Answer(args)) return ExitCodes.Done;
            return args is ["__complete", .. var words] ? CompletionAnswer.Write(Root(), words) : await RunCommandAsync(args);
        }
        catch (OutputClosedException)
        {
            return ExitCodes.OutputClosed; // docs/decisions/2026-11-output-nobody-reads.md
        }
        catch (OutputRefusedException refused)
        {
            Console.Error.WriteLine($"error: {refused.Message}.\n  {refused.Hint}"); // help and version, which have no command's screen
            return ExitCodes.Of(refused);
        }
    }

    public static RootCommand Root()
    {
        var root = new RootCommand("Finds, plans, downloads, verifies and keeps models from Civitai.")
        {
            SearchCommand.Make(),
            InfoCommand.Make(),
            GetCommand.Make(),
            JobCommand.Make(),
            IdentifyCommand.Make(),
            VerifyCommand.Make(),
            ScanCommand.Make(),
            AuditCommand.Make(),
            LoginCommand.Make(),
            LogoutCommand.Make(),
            WhoamiCommand.Make(),
            ConfigCommand.Make(),
            DemoCommand.Make(),
            RunSandboxCommand.Make(),
            DoctorCommand.Make(),
            CompletionCommand.Make(),
        };
        root.Add(HelpCommand.Make(root));
        foreach (var option in GlobalOptions.All) root.Add(option);
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new CommandHelp();
        help.Description = "Show this help.";
        root.Options.OfType<VersionOption>().Single().Description = "Show the version; with --verbose also runtime and system.";
        root.Action = help.Action; // no command at all: show what there is
        return root;
    }

    private static async Task<int> RunCommandAsync(string[] args)
    {
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, stop));
        var root = Root();
        SettingFlags.AddTo(root, args);
        // A word is what was typed: the parser's own habit is to read @NAME as a file of more words.
        var parse = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        string[] mistakes = [.. parse.Errors.Select(error => error.Message), .. StrayOptions.Of(parse, args)];
        if (mistakes.Length > 0 && parse.Action is not CommandHelp) return UsageMistake.Report(parse, mistakes, args);
        return await parse.InvokeAsync(new() { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null }, stop.Token);
    }

    // The first time, work stops and everything that arrived is kept; the second time, at once.
    private static void Stop(PosixSignalContext context, CancellationTokenSource stop)
    {
        context.Cancel = !stop.IsCancellationRequested;
        if (context.Cancel) stop.Cancel();
        else Environment.Exit(ExitCodes.Interrupted);
    }
}
