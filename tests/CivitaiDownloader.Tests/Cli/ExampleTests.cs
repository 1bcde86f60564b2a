using System.Diagnostics;
using System.Globalization;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Help;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

/// <summary>
/// Every example of every command is typed into a POSIX shell and ends as it should. Each finds the same surroundings: an endpoint with the samples; a library that has
/// model 4201; a working folder with <c>models/</c> (a file of 4201, and <c>unknown.safetensors</c>, which nobody has), <c>key.txt</c> (the sandbox's key), <c>targets.txt</c>
/// (4201 and 4203, a line each); a home folder (~) of its own; standard input empty. One that says "until Ctrl-C" is stopped then, by SIGTERM: a run in the background may ignore SIGINT.
/// </summary>
public sealed class ExampleTests : SandboxFixture
{
    private const string Ready = "until Ctrl-C";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static TheoryData<string, int> Lines
    {
        get
        {
            var lines = new TheoryData<string, int>();
            foreach (var example in CommandPage.All(CivitaiDl.Root()).SelectMany(page => page.Examples)) lines.Add(example.Line, example.Exit);
            return lines;
        }
    }

    private string Work => Path.Combine(Folder, "work");

    [Fact]
    public void Every_command_has_an_example() =>
        Assert.Empty(CommandPage.All(CivitaiDl.Root()).Where(page => !page.IsRoot && !page.IsGroup && page.Examples.Count == 0).Select(page => page.Path));

    [Fact]
    public void Every_example_is_of_its_command() =>
        Assert.Empty(CommandPage.All(CivitaiDl.Root()).SelectMany(page => page.Examples.Where(example => !example.Line.Contains(page.Path, StringComparison.Ordinal)).Select(example => example.Line)));

    [Theory]
    [MemberData(nameof(Lines))]
    public async Task An_example_does_what_it_says(string line, int exit)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("The examples are for a POSIX shell.");
        await FurnishAsync();

        var ran = await TypeAsync(line);

        Assert.True(exit == ran.ExitCode, $"{line}\nended with {ran.ExitCode}\n{ran.Output}\n{ran.Error}");
        Assert.DoesNotContain("Unhandled", ran.Error);
    }

    private async Task FurnishAsync()
    {
        var token = TestContext.Current.CancellationToken;
        Assert.Equal(0, (await Program.RunAsync("get", "4201", "--quiet")).ExitCode);
        foreach (var folder in new[] { "bin", "models" }) Directory.CreateDirectory(Path.Combine(Work, folder));
        var placed = Visible().Single(path => path.EndsWith(".safetensors", StringComparison.Ordinal));
        File.Copy(Path.Combine(Library, placed), Path.Combine(Work, "models", Path.GetFileName(placed)));
        await File.WriteAllTextAsync(Path.Combine(Work, "models", "unknown.safetensors"), "a file that nobody has published", token);
        await File.WriteAllTextAsync(Path.Combine(Work, "key.txt"), CivitaiDownloader.Sandbox.SandboxOptions.DefaultKey + "\n", token);
        await File.WriteAllTextAsync(Path.Combine(Work, "targets.txt"), "4201\n4203\n", token);
        var program = Path.Combine(Work, "bin", "civitai-dl");
        await File.WriteAllTextAsync(program, $"#!/bin/sh\nexec '{Program.Executable}' \"$@\"\n", token);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        Program.Variables["PATH"] = $"{Path.Combine(Work, "bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        Program.Variables["HOME"] = Path.Combine(Folder, "person");
        Directory.CreateDirectory(Program.Variables["HOME"]);
    }

    private async Task<Ran> TypeAsync(string line)
    {
        var replaces = line.AsSpan().IndexOfAny("|&;<>") < 0 && line.StartsWith("civitai-dl", StringComparison.Ordinal) ? "exec " : ""; // then a signal reaches the program itself
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(Limit);
        using var process = Program.StartFile("/bin/sh", "-c", $"cd '{Work}' && {replaces}{line}");
        process.StandardInput.Close();
        var error = process.StandardError.ReadToEndAsync(limit.Token);
        var output = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(limit.Token) is { } said)
        {
            output.Add(said);
            if (said.Contains(Ready, StringComparison.Ordinal)) using (var stop = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)])) await stop.WaitForExitAsync(limit.Token);
        }

        await process.WaitForExitAsync(limit.Token);
        return new(process.ExitCode, string.Join('\n', output), await error);
    }
}
