using System.CommandLine;

namespace CivitaiDownloader.Cli.CommandLine;

/// <summary>What a person would type, and what it does. A test runs every example against the Sandbox.</summary>
/// <param name="Line">The whole command line, as a POSIX shell takes it.</param>
/// <param name="What">What it does, as a sentence without its full stop; empty where the line says it.</param>
internal sealed record Example(string Line, string What = "");

/// <summary>A command whose own help, manual page and tests are made from the same examples and notes; lists of commands show its one line only.</summary>
/// <param name="notes">Paragraphs behind the examples.</param>
internal sealed class DocumentedCommand(string name, string line, IReadOnlyList<Example> examples, string? notes = null) : Command(name, line)
{
    public IReadOnlyList<Example> Examples => examples;

    public string? Notes => notes;
}
