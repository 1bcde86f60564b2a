using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using CivitaiDownloader.Cli.Errors;

namespace CivitaiDownloader.Cli.CommandLine;

/// <summary>A command whose own help ends with examples, notes and exit codes; lists of commands show its one line only.</summary>
internal sealed class DocumentedCommand(string name, string line, string notes) : Command(name, line)
{
    public string Notes => notes;
}

/// <summary>The parser's help, then the command's notes.</summary>
internal sealed class CommandHelp(HelpAction help) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is DocumentedCommand command) output.WriteLine(command.Notes + "\n");
        output.WriteLine(ExitCodes.Help);
        return ExitCodes.Done;
    }
}
