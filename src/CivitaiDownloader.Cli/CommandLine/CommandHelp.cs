using System.CommandLine;
using System.CommandLine.Invocation;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Help;
using CivitaiDownloader.Cli.Rendering;

namespace CivitaiDownloader.Cli.CommandLine;

/// <summary>What <c>--help</c> does, and the program called without a command.</summary>
internal sealed class CommandHelp : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        var screen = Screen.For(parseResult);
        new HelpText(screen.Output, screen.Ink, screen.Width).Write(new(parseResult.CommandResult.Command));
        screen.Output.Flush();
        return ExitCodes.Done;
    }
}
