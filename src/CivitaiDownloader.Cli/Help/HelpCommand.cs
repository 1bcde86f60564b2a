using System.CommandLine;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Help;

/// <summary><c>civitai-dl help [COMMAND...]</c></summary>
internal static class HelpCommand
{
    private static readonly Option<bool> Man = new("--man") { Description = "Print it as a manual page." };
    private static readonly Option<bool> Markdown = new("--markdown") { Description = "Print it as Markdown." };

    /// <param name="root">What it is the help of; it is read when help is asked for.</param>
    public static Command Make(RootCommand root)
    {
        var words = new Argument<string[]>("COMMAND") { Description = "The command; without it, the whole program.", Arity = ArgumentArity.ZeroOrMore };
        var command = new DocumentedCommand("help", "Shows what a command does, with examples.",
            [
                new("civitai-dl help get"),
                new("civitai-dl help --man > civitai-dl.1", "A manual page of everything; man ./civitai-dl.1 shows it"),
            ],
            exits: [ExitCodes.Done, ExitCodes.Usage])
        {
            words, Man, Markdown,
        };
        command.SetAction(Invocation.Action((invocation, _) =>
        {
            Write(invocation, Find(root, invocation.Parse.GetValue(words) ?? []));
            return Task.FromResult(ExitCodes.Done);
        }));
        return command;
    }

    private static void Write(Invocation invocation, Command subject)
    {
        var output = invocation.Screen.Output;
        if (invocation.Parse.GetValue(Man)) new ManualPage(output).Write([.. CommandPage.All(subject)]);
        else if (invocation.Parse.GetValue(Markdown)) new ReferencePage(output).Write([.. CommandPage.All(subject)]);
        else new HelpText(output, invocation.Screen.Ink, invocation.Screen.Width).Write(new(subject));
    }

    private static Command Find(Command root, string[] words)
    {
        var found = root;
        foreach (var word in words)
        {
            found = found.Subcommands.FirstOrDefault(sub => sub.Name == word || sub.Aliases.Contains(word)) ?? throw NoSuchCommand(found, word);
        }

        return found;
    }

    private static UsageException NoSuchCommand(Command within, string word)
    {
        var names = within.Subcommands.Where(sub => !sub.Hidden).Select(sub => sub.Name).ToArray();
        var meant = NearMisses.Nearest(word, names) is { } near ? $"Did you mean '{near}'? " : "";
        return new("usage", $"'{VisibleText.OneLine(word, 60)}' is not a command of {new CommandPage(within).Path}")
        { Hint = meant + (names.Length > 0 ? $"There are {string.Join(", ", names)}." : "It has none.") };
    }
}
