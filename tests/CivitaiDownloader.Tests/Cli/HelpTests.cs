using System.Text.RegularExpressions;
using CivitaiDownloader.Cli.CommandLine;
using CivitaiDownloader.Cli.Help;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

public sealed partial class HelpTests : SandboxFixture
{
    public static TheoryData<string> Paths => [.. CommandPage.All(CivitaiDl.Root()).Select(page => page.Path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public async Task Every_command_shows_its_own_options_before_those_of_every_command(string path)
    {
        var words = path.Split(' ').Skip(1).ToArray();

        var ran = await Program.RunAsync([.. words, "--help"]);
        var same = await Program.RunAsync(["help", .. words]);

        Assert.Equal((0, "", ran.Output), (ran.ExitCode, ran.Error, same.Output));
        var page = Page(path);
        var places = page.Options.Select(row => ran.Output.IndexOf($"  {row.Label}", StringComparison.Ordinal)).ToArray();
        Assert.DoesNotContain(-1, places);
        Assert.True(places.All(place => place < ran.Output.IndexOf("  --json ", StringComparison.Ordinal)), ran.Output);
        Assert.All(page.Examples, example => Assert.Contains(example.Line, ran.Output));
        Assert.Equal(page.Exits.Select(exit => exit.Label), ExitLine().Matches(ran.Output[ran.Output.IndexOf("Exit codes:", StringComparison.Ordinal)..]).Select(match => match.Groups[1].Value));
    }

    [Fact]
    public async Task A_command_lists_its_own_exit_codes_only()
    {
        var ran = await Program.RunAsync("search", "--help");

        Assert.DoesNotContain("damaged", ran.Output);
        Assert.Contains("network or throttled", ran.Output);
    }

    [Theory]
    [InlineData("get")]
    [InlineData("info")]
    public async Task A_paragraph_is_broken_at_the_width_and_nowhere_else(string command)
    {
        var ran = await Program.RunAsync(command, "--help");

        var lines = ran.Output.Split('\n').SkipWhile(line => !line.StartsWith("A TARGET is", StringComparison.Ordinal)).TakeWhile(line => line.Length > 0).ToArray();
        Assert.All(lines.Zip(lines.Skip(1)), pair => Assert.True(DisplayText.Width(pair.First) + 1 + DisplayText.Width(pair.Second.Split(' ')[0]) > 120, pair.First));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public async Task Help_fits_the_terminal_and_nothing_of_it_is_lost(int columns)
    {
        var ran = await Terminal.RunAsync(Program, columns, "help", "sandbox");

        var page = Page("civitai-dl sandbox");
        var plain = Sgr().Replace(ran.Output, "");
        // A command is never broken, nor a word that is longer than the line.
        var wrapped = plain.Split('\n').Where(line => !line.Contains("civitai-dl", StringComparison.Ordinal) && line.Trim().Contains(' '));
        Assert.All(wrapped, line => Assert.InRange(DisplayText.Width(line), 0, Math.Min(columns, 120)));
        foreach (var row in page.Options) Assert.Contains(row.Text, Spaces().Replace(plain, " "));
    }

    [Theory]
    [InlineData("serch", "`civitai-dl search`")]
    [InlineData("hepl get", "`civitai-dl help`")]
    [InlineData("search ink --typ LORA", "`--type`")]
    [InlineData("get 4201 --dryrun", "`--dry-run`")]
    [InlineData("get 4201 --libary=x", "`--library`")]
    [InlineData("help gte", "'get'")]
    public async Task A_misspelt_word_is_answered_with_what_was_meant(string line, string meant)
    {
        var ran = await Program.RunAsync(line.Split(' '));

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("Did you mean " + meant, ran.Error);
    }

    [Theory]
    [InlineData("zzzzzz")]
    [InlineData("search --zzzzzz")]
    public async Task A_word_like_no_other_is_not_answered_with_a_guess(string line)
    {
        var ran = await Program.RunAsync(line.Split(' '));

        Assert.Equal(2, ran.ExitCode);
        Assert.DoesNotContain("Did you mean", ran.Error);
    }

    [Fact]
    public async Task The_manual_page_is_set_without_a_warning()
    {
        if (!File.Exists("/usr/bin/groff")) Assert.Skip("Setting a manual page needs groff.");
        Program.Input = (await Program.RunAsync("help", "--man")).Output;

        var ran = await Program.RunFileAsync("/usr/bin/groff", "-man", "-Tutf8", "-ww", "-K", "utf8", "-P-cbou");

        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
        foreach (var page in CommandPage.All(CivitaiDl.Root())) Assert.Contains(page.Path, ran.Output);
        Assert.Contains("civitai-dl get 4202 --precision fp32", ran.Output);
    }

    [Fact]
    public void The_reference_is_what_the_program_says()
    {
        using var text = new StringWriter { NewLine = "\n" };
        new ReferencePage(text).Write([.. CommandPage.All(CivitaiDl.Root())]);

        var path = Path.Combine(Repository.Root, "docs", "reference", "commands.md");
        Assert.True(text.ToString() == File.ReadAllText(path), $"Make it again: civitai-dl help --markdown > {path}");
    }

    [Fact]
    public async Task The_version_names_the_runtime_and_the_system_when_asked_to_be_verbose()
    {
        var brief = await Program.RunAsync("--version");
        var verbose = await Program.RunAsync("--version", "--verbose");
        var json = (await Program.RunAsync("--version", "--json")).Json;

        Assert.StartsWith($"civitai-dl {Product.Version}", brief.Output);
        Assert.Single(brief.Output.Trim().Split('\n'));
        Assert.Equal(3, verbose.Output.Trim().Split('\n').Length);
        Assert.Contains(".NET 10", verbose.Output);
        Assert.Equal(Product.Version, json.GetProperty("version").GetString());
    }

    private static CommandPage Page(string path) => CommandPage.All(CivitaiDl.Root()).Single(page => page.Path == path);

    [GeneratedRegex(@"^  (\d+) ", RegexOptions.Multiline)]
    private static partial Regex ExitLine();

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Sgr();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
