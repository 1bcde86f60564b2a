using Xunit;

namespace CivitaiDownloader.Tests.Cli;

/// <summary>The surroundings a program meets: pipes that close, streams that are not there, terminals that can little.</summary>
public sealed class OutputTests : SandboxFixture
{
    private const string Colour = "\u001b\\[[0-9;]*m";

    private protected override int Models => 800; // nine pages

    [Theory]
    [InlineData("search --all --nsfw --no-cache")]
    [InlineData("search --all --nsfw --no-cache --json")]
    public async Task A_search_that_nobody_reads_any_more_ends_quietly_and_asks_no_further(string line)
    {
        if (!File.Exists("/bin/bash")) Assert.Skip("Needs bash, for PIPESTATUS.");
        Sandbox.Faults.Add(new(CivitaiDownloader.Sandbox.Faults.FaultKind.Delay) { Amount = 100 }); // the reader is gone before the second page

        var ran = await Program.RunFileAsync("/bin/bash", "-c", $"'{Program.Executable}' {line} | head -c 1 >/dev/null; exit ${{PIPESTATUS[0]}}");

        Assert.Equal((141, ""), (ran.ExitCode, ran.Error));
        Assert.InRange(Sandbox.Ledger.Requests.Count, 1, 4);
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("help --man")]
    [InlineData("__complete ''")]
    [InlineData("--version")]
    [InlineData("--version --json")]
    [InlineData("info 4201")]
    [InlineData("doctor")]
    public async Task Whatever_is_printed_ends_quietly_when_nobody_reads_it(string line)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Needs a POSIX shell.");
        var pipe = Path.Combine(Folder, "pipe"); // descriptor 4 writes into it, the only reader, 3, is closed

        var ran = await Program.RunFileAsync("/bin/sh", "-c", $"mkfifo '{pipe}' && exec 3<>'{pipe}' 4>'{pipe}' 3<&- && '{Program.Executable}' {line} >&4");

        Assert.Equal((141, ""), (ran.ExitCode, ran.Error));
    }

    [Fact]
    public async Task Closed_streams_do_no_harm()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Needs a POSIX shell.");
        var ran = await Program.RunFileAsync("/bin/sh", "-c", $"'{Program.Executable}' info 4201 --quiet <&- 2>&-");

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("Ink Wash Landscapes", ran.Output);
    }

    [Theory]
    [InlineData("TERM", "dumb")]
    [InlineData("NO_COLOR", "1")]
    public async Task A_terminal_without_colours_gets_none(string variable, string value)
    {
        (Program.Variables["TERM"], Program.Variables["NO_COLOR"]) = ("xterm", ""); // whatever the person who runs the tests has set
        var plain = await Terminal.RunAsync(Program, 100, "info", "4201");
        Program.Variables[variable] = value;
        var ran = await Terminal.RunAsync(Program, 100, "info", "4201");

        Assert.Matches(Colour, plain.Output);
        Assert.DoesNotMatch(Colour, ran.Output);
    }

    [Theory]
    [InlineData("C")]
    [InlineData("de_DE.ISO-8859-1")]
    public async Task Names_in_other_scripts_survive_any_locale(string locale)
    {
        Program.Variables["LC_ALL"] = locale;

        var ran = await Program.RunAsync("search", "--all", "--nsfw", "--json");

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains(ran.Json.GetProperty("items").EnumerateArray(), item => item.GetProperty("name").GetString()!.Any(letter => letter > 0x2E80));
    }

    [Fact]
    public async Task Quiet_says_nothing_but_results()
    {
        var ran = await Program.RunAsync("search", "ink", "--quiet");

        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
        Assert.Contains("4201", ran.Output);
    }

    [Fact]
    public async Task Verbose_says_what_is_done_on_standard_error_only()
    {
        var ran = await Program.RunAsync("info", "4201");
        var verbose = await Program.RunAsync("info", "4201", "--verbose", "--no-cache");

        Assert.Equal((ran.Output, ""), (verbose.Output, ran.Error));
        Assert.Contains("/api/v1/models/4201: 200 after ", verbose.Error);
    }
}
