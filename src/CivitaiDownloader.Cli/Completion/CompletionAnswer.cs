using System.CommandLine;
using CivitaiDownloader.Cli.Errors;
using CivitaiDownloader.Cli.Settings;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Cli.Completion;

/// <summary>
/// What the completion scripts ask for with <c>civitai-dl __complete WORD...</c>, the words behind the program's name up to the one being completed: a line for each
/// candidate, its text and what it is apart by a tab; <c>:files</c> or <c>:folders</c> alone on a line asks the shell for those.
/// </summary>
internal static class CompletionAnswer
{
    private const int LongestAbout = 80;

    public static int Write(RootCommand root, IReadOnlyList<string> words)
    {
        var found = new Completer(root, () => new(SettingsLoader.HomeOf(HomeFlag(words)))).Complete(words);
        var output = Console.Out;
        foreach (var candidate in found.Candidates) output.Write(candidate.About.Length == 0 ? $"{candidate.Text}\n" : $"{candidate.Text}\t{VisibleText.OneLine(candidate.About, LongestAbout)}\n");
        if (found.Paths != PathKind.None) output.Write(found.Paths == PathKind.Files ? ":files\n" : ":folders\n");
        return ExitCodes.Done;
    }

    private static string? HomeFlag(IReadOnlyList<string> words)
    {
        for (var i = 0; i + 1 < words.Count; i++)
        {
            if (words[i] == "--home") return words[i + 1];
            if (words[i].StartsWith("--home=", StringComparison.Ordinal)) return words[i]["--home=".Length..];
        }

        return null;
    }
}
