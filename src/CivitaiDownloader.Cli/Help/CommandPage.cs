using System.CommandLine;
using System.CommandLine.Help;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Errors;

namespace CivitaiDownloader.Cli.Help;

/// <summary>Everything there is to say about one command, read from the parser's own symbols. The help, the manual page and docs/reference are three ways to print it.</summary>
internal sealed record CommandPage(Command Command)
{
    private const string Program = "civitai-dl"; // RootCommand is called after the executable's file

    public string Path { get; } = PathOf(Command);

    public bool IsRoot => Command is RootCommand;

    /// <summary>Whether it only holds other commands.</summary>
    public bool IsGroup => !IsRoot && Command.Subcommands.Count > 0;

    public string Line => Command.Description ?? "";

    public string Usage => string.Join(' ', new[] { Path }
        .Concat(Command.Subcommands.Any(sub => !sub.Hidden) ? ["COMMAND"] : [])
        .Concat(Command.Arguments.Where(argument => !argument.Hidden).Select(Label)).Append("[OPTIONS]"));

    public IReadOnlyList<HelpRow> Arguments => [.. Command.Arguments.Where(argument => !argument.Hidden).Select(argument => new HelpRow(Label(argument), argument.Description ?? ""))];

    /// <summary>The command's own.</summary>
    public IReadOnlyList<HelpRow> Options => IsRoot ? [] : Rows(Command.Options.Where(option => !option.Recursive));

    /// <summary>What every command understands.</summary>
    public IReadOnlyList<HelpRow> GlobalOptions => Rows(Root(Command).Options.Where(option => option.Recursive || (IsRoot && option is VersionOption)).OrderBy(option => option is HelpOption or VersionOption));

    public IReadOnlyList<HelpRow> Commands => [.. Command.Subcommands.Where(sub => !sub.Hidden).Select(sub => new HelpRow(sub.Name, sub.Description ?? ""))];

    public IReadOnlyList<Example> Examples => (Command as DocumentedCommand)?.Examples ?? [];

    public string? Notes => (Command as DocumentedCommand)?.Notes;

    public IReadOnlyList<HelpRow> Exits =>
        [.. ExitCodes.Meanings.Where(exit => (Command as DocumentedCommand)?.Exits.Contains(exit.Code) ?? true).Select(exit => new HelpRow($"{exit.Code}", exit.Meaning))];

    /// <summary>The command and all below it that are not hidden, each before its own subcommands.</summary>
    public static IEnumerable<CommandPage> All(Command command) =>
        command.Subcommands.Where(sub => !sub.Hidden).SelectMany(All).Prepend(new(command));

    private static string PathOf(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? $"{PathOf(parent)} {command.Name}" : Program;

    private static Command Root(Command command) => command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? Root(parent) : command;

    private static string Label(Argument argument)
    {
        var name = argument.HelpName ?? argument.Name;
        var many = argument.Arity.MaximumNumberOfValues > 1 ? name + "..." : name;
        return argument.Arity.MinimumNumberOfValues == 0 ? $"[{many}]" : many;
    }

    private static HelpRow[] Rows(IEnumerable<Option> options) => [.. options.Where(option => !option.Hidden).Select(option => new HelpRow(Label(option), option.Description ?? ""))];

    private static string Label(Option option)
    {
        // -h and -? both mean --help; one is enough to show.
        var names = option.Aliases.Where(alias => alias is not ("-?" or "/?" or "/h")).Append(option.Name).OrderBy(name => name.Length);
        var takesValue = option is not (HelpOption or VersionOption) && option.ValueType != typeof(bool) && option.ValueType != typeof(bool?);
        return string.Join(", ", names) + (takesValue ? " " + (option.HelpName ?? "VALUE") : "");
    }
}

/// <summary>A name and what it means.</summary>
internal sealed record HelpRow(string Label, string Text);
