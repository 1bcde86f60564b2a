using System.CommandLine;
using System.CommandLine.Parsing;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Help;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.CommandLine;

/// <summary>A command line that cannot be understood.</summary>
internal static class UsageMistake
{
    public static int Report(ParseResult parse, string[] args)
    {
        var command = new CommandPage(parse.CommandResult.Command).Path;
        var mistakes = string.Join(" ", parse.Errors.Select(error => error.Message).Distinct());
        var meant = Meant(parse, args) is { } near ? $"Did you mean `{near}`? " : "";
        var report = new ErrorReport("usage", VisibleText.OneLine(mistakes, 1000), $"{meant}`{command} --help` shows what is allowed. Nothing was done.", ExitCodes.Usage);
        return ErrorWriter.Write(report, Screen.For(parse, args.Contains("--json")));
    }

    /// <summary>The option or command that the first unknown word is nearly spelt as.</summary>
    private static string? Meant(ParseResult parse, string[] args)
    {
        var command = parse.CommandResult.Command;
        var unknown = parse.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).Where(token => token.Type == TokenType.Argument).Select(token => token.Value.Split('=')[0]).ToArray();
        var option = unknown.Where(word => word.StartsWith('-') && word.Length > 2).Select(word => NearMisses.Nearest(word, Options(command))).OfType<string>().FirstOrDefault();
        if (option is not null) return option;
        // `hepl get` is read as the command get with a word too many in front of it.
        var asked = parse.UnmatchedTokens.Count > 0 && parse.UnmatchedTokens[0] == args[0] ? parse.RootCommandResult.Command : command;
        if (asked.Arguments.Count > 0) return null;
        return unknown.Select(word => NearMisses.Nearest(word, Commands(asked))).OfType<string>().Select(name => $"{new CommandPage(asked).Path} {name}").FirstOrDefault();
    }

    private static IEnumerable<string> Options(Command command) =>
        command.Options.Concat(GlobalOptions.All).Where(option => !option.Hidden).SelectMany(option => option.Aliases.Append(option.Name)).Where(name => name.StartsWith("--", StringComparison.Ordinal));

    private static IEnumerable<string> Commands(Command command) => command.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name);
}
