using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using CivitaiDownloader.Cli.Errors;

namespace CivitaiDownloader.Cli.CommandLine;

/// <summary>The parser's help, then the command's examples and notes, then the exit codes.</summary>
internal sealed class CommandHelp(HelpAction help) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (parseResult.CommandResult.Command is DocumentedCommand command) Write(command, output);
        output.WriteLine(ExitCodes.Help);
        return ExitCodes.Done;
    }

    private static void Write(DocumentedCommand command, TextWriter output)
    {
        if (command.Examples.Count > 0) output.WriteLine(command.Examples.Count == 1 ? "Example:" : "Examples:");
        foreach (var example in command.Examples)
        {
            if (example.What.Length > 0) output.WriteLine($"  # {example.What}");
            output.WriteLine($"  {example.Line}");
        }

        if (command.Examples.Count > 0) output.WriteLine();
        if (command.Notes is { } notes) output.WriteLine(notes + "\n");
    }
}
