using System.CommandLine;
using System.CommandLine.Parsing;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Help;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.CommandLine;

/// <summary>A command line that cannot be understood.</summary>
internal static class UsageMistake
{
    private static readonly string[] Credentials = ["token", "key", "secret", "pass", "auth", "bearer", "cred"];

    /// <param name="sentences">What is wrong, each a sentence.</param>
    public static int Report(ParseResult parse, IEnumerable<string> sentences, string[] args)
    {
        var command = new CommandPage(parse.CommandResult.Command).Path;
        var mistakes = WithoutSecrets(string.Join(" ", sentences.Distinct()), args);
        var meant = Meant(parse, args) is { } near ? $"Did you mean `{near}`? " : "";
        var report = new ErrorReport("usage", VisibleText.OneLine(mistakes, 1000), $"{meant}`{command} --help` shows what is allowed. Nothing was done.", ExitCodes.Usage);
        return ErrorWriter.Write(report, Screen.For(parse, args.Contains("--json")));
    }

    // What stands behind an option that nobody knows may be a key all the same, and a pasted address may hold one.
    private static string WithoutSecrets(string message, string[] args)
    {
        for (var i = 0; i < args.Length; i++)
        {
            if (TargetText.WithoutSecrets(args[i]) is var clean && clean != args[i]) message = message.Replace($"'{args[i]}'", $"'{clean}'", StringComparison.Ordinal);
            if (args[i].Length < 2 || args[i][0] != '-') continue;
            var name = args[i].Split('=', ':')[0];
            if (name.Length < args[i].Length) message = message.Replace($"'{args[i]}'", $"'{name}'", StringComparison.Ordinal);
            else if (i + 1 < args.Length && Credentials.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase))) message = message.Replace($"'{args[i + 1]}'", "'…'", StringComparison.Ordinal);
        }

        return message;
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
