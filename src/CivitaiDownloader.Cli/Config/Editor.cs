using System.CommandLine.Parsing;
using System.ComponentModel;
using System.Diagnostics;
using CivitaiDownloader.Cli.Errors;

namespace CivitaiDownloader.Cli.Config;

/// <summary>The user's editor, started with an argument list and never through a shell.</summary>
internal static class Editor
{
    private static readonly string[] Variables = ["VISUAL", "EDITOR"];
    private static readonly string[] Usual = ["nano", "vi"];

    /// <exception cref="UsageException">There is none, or it failed.</exception>
    public static async Task RunAsync(string file, CancellationToken cancellationToken)
    {
        var words = Words();
        using var process = Start(words, file);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0) throw ConfigErrors.EditorFailed(words[0], process.ExitCode);
    }

    private static Process Start(IReadOnlyList<string> words, string file)
    {
        var start = new ProcessStartInfo(words[0]) { UseShellExecute = false };
        foreach (var word in words.Skip(1).Append(file)) start.ArgumentList.Add(word);
        start.Environment.Remove(Settings.AccountKey.Variable); // no business of an editor's
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception failure) when (failure is Win32Exception or InvalidOperationException)
        {
            throw ConfigErrors.EditorNotStarted(words[0], failure);
        }
    }

    // "code --wait" is a program and an argument; "C:\Program Files\editor.exe" is one that is there.
    private static IReadOnlyList<string> Words()
    {
        var set = Variables.Select(Environment.GetEnvironmentVariable).FirstOrDefault(value => !string.IsNullOrWhiteSpace(value));
        if (set is not null) return File.Exists(set) ? [set] : [.. CommandLineParser.SplitCommandLine(set)];
        if (OperatingSystem.IsWindows()) return ["notepad"];
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator);
        return [Usual.FirstOrDefault(name => folders.Any(folder => File.Exists(Path.Combine(folder, name)))) ?? throw ConfigErrors.NoEditor()];
    }
}
