using System.Globalization;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

/// <summary>Runs the program on a real pseudo-terminal of a given width: what a person sees, standard output and error together.</summary>
internal static class Terminal
{
    private const string Script = "/usr/bin/script";

    /// <summary>Skips the test where there is no <c>script</c> (util-linux) to make a terminal with.</summary>
    /// <returns>The exit code, and everything shown, with line ends as <c>\n</c> and escape sequences as they came.</returns>
    public static async Task<Ran> RunAsync(Program program, int columns, params string[] arguments)
    {
        if (!OperatingSystem.IsLinux() || !File.Exists(Script)) Assert.Skip("A pseudo-terminal needs script(1) of util-linux.");
        var command = string.Join(' ', arguments.Prepend(Program.Executable).Select(Quote));
        var line = string.Create(CultureInfo.InvariantCulture, $"stty cols {columns} rows 50; exec {command}");
        var ran = await program.RunFileAsync(Script, "-qec", line, "/dev/null");
        return ran with { Output = ran.Output.Replace("\r\n", "\n", StringComparison.Ordinal) };
    }

    private static string Quote(string argument) => $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
