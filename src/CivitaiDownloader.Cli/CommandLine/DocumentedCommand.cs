using System.CommandLine;
using CivitaiDownloader.Cli.Errors;

namespace CivitaiDownloader.Cli.CommandLine;

/// <summary>What a person would type, and what it does. A test runs every example against the Sandbox.</summary>
/// <param name="Line">The whole command line, as a POSIX shell takes it.</param>
/// <param name="What">What it does, as a sentence without its full stop; empty where the line says it.</param>
internal sealed record Example(string Line, string What = "")
{
    /// <summary>What it ends with, where that is not 0.</summary>
    public int Exit { get; init; } = ExitCodes.Done;
}

/// <summary>A command whose own help, manual page and tests are made from the same examples and notes; lists of commands show its one line only.</summary>
/// <param name="notes">Paragraphs behind the examples.</param>
/// <param name="exits">The exit codes it may end with; null for any but the one for dangerous content, which nobody but those who look into files can know.</param>
internal sealed class DocumentedCommand(string name, string line, IReadOnlyList<Example> examples, string? notes = null, IReadOnlyList<int>? exits = null) : Command(name, line)
{
    public IReadOnlyList<Example> Examples => examples;

    public string? Notes => notes;

    public IReadOnlyList<int> Exits { get; } = exits ?? [.. ExitCodes.Meanings.Select(exit => exit.Code).Where(code => code != ExitCodes.Dangerous)];
}
