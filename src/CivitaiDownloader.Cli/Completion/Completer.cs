using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.Globalization;
using CivitaiDownloader.Cli.Settings;

namespace CivitaiDownloader.Cli.Completion;

/// <summary>One thing the last word may become.</summary>
/// <param name="Text">What is inserted.</param>
/// <param name="About">Shown beside it where the shell shows such a thing; may be empty.</param>
internal sealed record Candidate(string Text, string About);

/// <summary>What the last word may become, and whether the shell should offer files or folders besides.</summary>
internal sealed record Completions(IReadOnlyList<Candidate> Candidates, PathKind Paths);

internal enum PathKind
{
    None,
    Files,
    Folders,
}

/// <summary>
/// Completes a command line word by word, from the parser's symbols. What an argument or an option's value may be is told by its completion sources,
/// else by how help calls it: TARGET, PATH, FILE, DIR, KEY, KEY=VALUE, COMMAND.
/// </summary>
internal sealed class Completer(RootCommand root, Func<RecentModels> recent)
{
    private Command _command = root;
    private Option? _pending; // its value comes next
    private readonly List<string> _arguments = []; // of the command, so far
    private bool _onlyArguments; // behind --

    /// <param name="words">Behind the program's name; the last is the one to complete and may be empty.</param>
    public Completions Complete(IReadOnlyList<string> words)
    {
        foreach (var word in words.SkipLast(1)) Take(word);
        var current = words.Count > 0 ? words[^1] : "";
        if (_pending is { } option) return Values(option, option.HelpName, current, "");
        if (!_onlyArguments && current.StartsWith("--", StringComparison.Ordinal) && current.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
            return Find(current[..equals]) is { } named ? Values(named, named.HelpName, current[(equals + 1)..], current[..(equals + 1)]) : Nothing;
        if (!_onlyArguments && current.StartsWith('-')) return new(Fitting(OptionNames(), current), PathKind.None);
        return Words(current);
    }

    private static Completions Nothing => new([], PathKind.None);

    private void Take(string word)
    {
        if (_pending is not null) _pending = null;
        else if (_onlyArguments) _arguments.Add(word);
        else if (word == "--") _onlyArguments = true;
        else if (word.Length > 1 && word[0] == '-') _pending = Find(word) is { } option && TakesValue(option) ? option : null;
        else if (_arguments.Count == 0 && _command.Subcommands.FirstOrDefault(sub => sub.Name == word || sub.Aliases.Contains(word)) is { } sub) _command = sub;
        else _arguments.Add(word);
    }

    private Completions Words(string current)
    {
        var commands = _arguments.Count > 0 ? [] : Commands(_command);
        var argument = _command.Arguments.Count == 0 ? null : _command.Arguments[Math.Min(_arguments.Count, _command.Arguments.Count - 1)];
        if (argument is null || (_arguments.Count >= _command.Arguments.Count && argument.Arity.MaximumNumberOfValues <= 1)) return new(Fitting(commands, current), PathKind.None);
        var values = Values(argument, argument.HelpName ?? argument.Name, current, "");
        return values with { Candidates = [.. Fitting(commands, current), .. values.Candidates] };
    }

    private Completions Values(Symbol symbol, string? called, string current, string before)
    {
        var known = symbol.GetCompletions(CompletionContext.Empty).Select(item => new Candidate(item.InsertText ?? item.Label, item.Detail ?? "")).ToArray();
        var (named, paths) = known.Length > 0 ? ([], PathKind.None) : Named(called ?? "");
        return new([.. Fitting(known.Concat(named), current).Select(candidate => candidate with { Text = before + candidate.Text })], paths);
    }

    private (IEnumerable<Candidate> Candidates, PathKind Paths) Named(string called) => called switch
    {
        "TARGET" => (recent().Read().Select(model => new Candidate(model.Id.ToString(CultureInfo.InvariantCulture), model.Name)), PathKind.Files),
        "KEY" => (KnownSettings.Keys.Select(key => new Candidate(key, "")), PathKind.None),
        "KEY=VALUE" => (KnownSettings.Keys.Select(key => new Candidate(key + "=", "")), PathKind.None),
        "COMMAND" => (Commands(CommandAt(_arguments)), PathKind.None),
        "DIR" or "FOLDER" => ([], PathKind.Folders),
        "PATH" or "FILE" => ([], PathKind.Files),
        _ => ([], PathKind.None),
    };

    private static Candidate[] Commands(Command? within) => within is null ? [] : [.. within.Subcommands.Where(sub => !sub.Hidden).Select(sub => new Candidate(sub.Name, sub.Description ?? ""))];

    /// <summary>The command that words lead to, as <c>help config get</c> has them; null when they lead nowhere.</summary>
    private Command? CommandAt(IEnumerable<string> words) =>
        words.Aggregate((Command?)root, (found, word) => found?.Subcommands.FirstOrDefault(sub => sub.Name == word || sub.Aliases.Contains(word)));

    private IEnumerable<Candidate> OptionNames() => Options().Where(option => !option.Hidden)
        .SelectMany(option => option.Aliases.Append(option.Name).Where(name => name.StartsWith("--", StringComparison.Ordinal)).Select(name => new Candidate(name, option.Description ?? "")));

    private Option? Find(string name) => Options().FirstOrDefault(option => option.Name == name || option.Aliases.Contains(name));

    private IEnumerable<Option> Options() => _command == root ? root.Options : _command.Options.Concat(root.Options.Where(option => option.Recursive));

    private static bool TakesValue(Option option) => option is not (HelpOption or VersionOption) && option.ValueType != typeof(bool) && option.ValueType != typeof(bool?);

    private static Candidate[] Fitting(IEnumerable<Candidate> candidates, string current) =>
        [.. candidates.Where(candidate => candidate.Text.StartsWith(current, StringComparison.OrdinalIgnoreCase)).DistinctBy(candidate => candidate.Text)];
}
