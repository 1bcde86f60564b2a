using System.Text.Json;
using System.Text.RegularExpressions;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Sandbox;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Samples;
using CivitaiDownloader.Tests.Cli.Accounts;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Info;

public sealed partial class InfoTests : SandboxFixture
{
    private const string Wide = """
        Three Seasons  (model 4227)
          type       LORA
          creator    007
          tags       sample
          downloads  175 · 56 likes
          page       {api}models/4227
          you may    yes      sell images made with it
                     yes      offer it on Civitai's generation service
                     no       host it on other generation services for money
                     no       sell the model or merges of it
                     yes      share merges and other derivatives
                     yes      share them under another licence
                     no       use it without naming its creator

        v1.0  (version 42272) · SD 1.5 · 2026-03-15
          download   anyone; without a key as far as Civitai says
          words      sample style
                     trigger, with comma
          * 422720 · seasons_2.safetensors · 16.2 KiB · primary
              Model · SafeTensor
              sha256 332f41bddcb77b4cd67c834bfd7098b8bbab99d46643d3a9e76ac3552d2c3714
              blake3 c3e91a0313ea3d5b0e5d80740678a2470ef28c7af4d31fcc77dd0dc2527c6ed2
              autov2 332f41bddc · crc32 ca6a300c · autov3 a521f612717c
              Civitai's own scan says: pickle Success, virus Success, 2026-03-15
          previews   PG: {images}xG1nkqKTMzGDvpLrqFT7WA/00067340-0000-4000-8000-000000000000/original=true/422720.jpeg

        2 other versions
          42270     v2.0 autumn · Illustrious · 2026-04-03 · 1 file
          42271     v3.0 beta · Pony · 2026-04-23 · 1 file
        All of them in full: --all-versions; one: civitai-dl info 4227@42270
        """;

    private const string Narrow = """
        桜の風景 🌸 | �evil�: "quotes"
        <b>bold</b> �[31mred (model 4217)
          type       LORA
          creator    名無し/..
          tags       sample
          downloads  165 · 46 likes
          page       {api}models/4217
          you may    yes      sell images made
                              with it
                     yes      offer it on
                              Civitai's
                              generation service
                     no       host it on other
                              generation
                              services for money
                     no       sell the model or
                              merges of it
                     yes      share merges and
                              other derivatives
                     no       share them under
                              another licence
                     no       use it without
                              naming its creator

        .. (version 42170) · SDXL 1.0 ·
        2026-03-15
          download   anyone; without a key as
                     far as Civitai says
          words      <lora:x:1>
                     �]0;title�
                     =cmd|' /C calc'!A0
          * 421700 · ../../桜🌸:
            CON?.safetensors · 16.2 KiB ·
            primary
              Model · SafeTensor
              sha256 aec3e4c96317e5da875ac408a11c7c2f988e14fbf619c5e8aff3e5e88cc3b7c2
              blake3 31bf994f00ccd77f53c22a2ff9bfbb83275f58b319fa2b6c728411f3123b62a1
              autov2 aec3e4c963 · crc32 94cf2b5d
              · autov3 a3c9fe3c3cb3
              Civitai's own scan says: pickle
              Success, virus Success, 2026-03-15
          previews   PG: {images}xG1nkqKTMzGDvpLrqFT7WA/00066f44-0000-4000-8000-000000000000/original=true/421700.jpeg
        """;

    [Theory]
    [InlineData(80, "4227@42272", Wide)]
    [InlineData(120, "4227@42272", Wide)]
    [InlineData(200, "4227@42272", Wide)]
    [InlineData(40, "4217", Narrow)]
    public async Task A_page_reads_so_on_a_terminal_of_this_width(int columns, string target, string expected)
    {
        var ran = await OnTerminalAsync(columns, "info", target);

        Assert.Equal(expected, ran);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(200)]
    public async Task No_line_is_wider_than_the_terminal_but_what_is_copied_whole(int columns)
    {
        foreach (var model in new[] { "4202", "4217", "4227", "4225" })
        {
            var lines = (await OnTerminalAsync(columns, "info", model, "--all-versions", "--full")).Split('\n');

            Assert.All(lines.Where(line => !line.Contains('{') && !WholeHash().IsMatch(line)), line => Assert.InRange(DisplayText.Width(line), 0, columns));
        }
    }

    [Fact]
    public async Task A_page_is_piped_without_colour_and_in_colour_says_the_same()
    {
        Program.Variables["NO_COLOR"] = "";
        Program.Variables["TERM"] = "xterm";
        var piped = await Program.RunAsync("info", "4202");
        var colourful = await Terminal.RunAsync(Program, 120, "info", "4202", "--quiet");

        Assert.DoesNotContain('\u001b', piped.Output);
        Assert.Contains("\u001b[1m", colourful.Output);
        Assert.Equal(piped.Output, Escapes().Replace(colourful.Output, ""));
    }

    [Theory]
    [InlineData(SampleIds.Plain, "anyone; without a key")]
    [InlineData(SampleIds.EarlyAccess, "9 days left)|those who bought access")]
    [InlineData(SampleIds.PaidAccess, "early access without an end date|those who bought access")]
    [InlineData(SampleIds.FormerEarlyAccess, "open now|anyone; without a key")]
    [InlineData(SampleIds.LoginRequired, "anyone with a key (signed in)")]
    [InlineData(SampleIds.DownloadsDisabled, "nobody: its creator has switched downloads off")]
    [InlineData(SampleIds.Archived, "Archived: its files are not offered any more|nobody: it is archived|(no files)")]
    [InlineData(SampleIds.Private, "only accounts that its creator let in")]
    public async Task Who_may_download_is_said(int model, string words)
    {
        var ran = await Program.RunAsync("info", $"{model}");

        Assert.Equal(0, ran.ExitCode);
        Assert.All(words.Split('|'), word => Assert.Contains(word, ran.Output));
    }

    [Fact]
    public async Task Who_may_download_is_left_open_when_the_site_does_not_say()
    {
        Program.Variables["CIVITAI_DL_HTTP__MAXATTEMPTS"] = "1";
        await Program.RunAsync("get", "model:4209", "--dry-run"); // the model is kept, what is asked beside it is not
        Sandbox.Faults.Add(FaultText.Parse("status@api=500"));

        var ran = await Program.RunAsync("info", "model:4209", "--json");

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal("unknown", ran.Json.GetProperty("civitaiDl").GetProperty("access").GetProperty("who").GetString());
    }

    [Fact]
    public async Task An_archived_version_can_be_looked_at_by_any_of_its_names()
    {
        foreach (var target in new[] { "4211", "4211@42110", "version:42110", "https://civitai.com/api/download/models/42110?type=VAE" })
        {
            var ran = await Program.RunAsync("info", target);

            Assert.True(ran.ExitCode == 0, $"{target}: {ran.Error}");
            Assert.Contains("Old Faithful", ran.Output);
        }
    }

    [Fact]
    public async Task What_Civitais_scan_saw_is_shown_as_its_word()
    {
        var ran = await Program.RunAsync("info", "4202");

        Assert.Contains("Civitai's own scan says: pickle Success", ran.Output);
        Assert.Contains("it saw these imports: collections.OrderedDict, torch._utils._rebuild_tensor_v2, torch.HalfStorage", ran.Output);
    }

    [Fact]
    public async Task Words_alone_are_printed_to_be_copied()
    {
        var ran = await Program.RunAsync("info", "4201", "--words");
        var none = await Program.RunAsync("info", "4203", "--words");

        Assert.Equal("sample style\ntrigger, with comma\n", ran.Output.ReplaceLineEndings("\n"));
        Assert.Equal(("", 0), (none.Output, none.ExitCode));
    }

    [Fact]
    public async Task What_is_in_the_library_is_said_with_its_tips()
    {
        await Program.RunAsync("get", "4227@42271");
        await File.WriteAllTextAsync(Path.Combine(Library, Path.ChangeExtension(Visible().Single(path => path.EndsWith(".safetensors", StringComparison.Ordinal)), ".json")), """{"preferred weight":0.8,"notes":"not above 1"}""", TestContext.Current.CancellationToken);

        var page = await Program.RunAsync("info", "4227@42270");
        var own = await Program.RunAsync("info", "4227@42271");
        var json = (await Program.RunAsync("info", "4227", "--json")).Json.GetProperty("civitaiDl").GetProperty("library")[0];

        Assert.Contains("library    v3.0 beta (version 42271)", page.Output);
        Assert.Contains("· in the library", page.Output);
        Assert.Contains("weight 0.8", own.Output);
        Assert.Contains("notes: not above 1", own.Output);
        Assert.Equal((42271, 0.8), (json.GetProperty("versionId").GetInt32(), json.GetProperty("weight").GetDouble()));
    }

    [Fact]
    public async Task The_document_is_the_model_as_served_and_what_its_table_says()
    {
        var ran = await Program.RunAsync("info", "4227@42272", "--json");
        var ours = ran.Json.GetProperty("civitaiDl");

        Assert.Equal(["namedVersionId", "namedFileId", "versionId", "page", "access", "licence", "words", "text", "library"], ours.EnumerateObject().Select(property => property.Name));
        var document = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "formats", "json-output.md"), TestContext.Current.CancellationToken);
        Assert.All(ours.EnumerateObject().Concat(ours.GetProperty("licence").EnumerateObject()).Concat(ours.GetProperty("access").EnumerateObject()), property => Assert.Contains($"`{property.Name}`", document));
        Assert.Equal((42272, 3), (ours.GetProperty("namedVersionId").GetInt32(), ran.Json.GetProperty("modelVersions").GetArrayLength()));
        Assert.Equal(JsonValueKind.False, ran.Json.GetProperty("modelVersions")[0].GetProperty("files")[0].GetProperty("inLibrary").ValueKind);
    }

    [Fact]
    public async Task A_list_gives_a_list()
    {
        Program.Input = "4201\n4203\n";
        var json = await Program.RunAsync("info", "-", "--json");
        var text = await Program.RunAsync("info", "-");

        Assert.Equal([4201, 4203], json.Json.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt32()));
        Assert.Contains("Tiny Prompt Writer", text.Output);
    }

    [Fact]
    public async Task The_page_is_opened_by_the_systems_own_opener_or_it_says_why_not()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("The opener of this test is Linux'.");
        var bin = Directory.CreateDirectory(Path.Combine(Folder, "bin")).FullName;
        Program.Variables["PATH"] = bin;
        var without = await Program.RunAsync("info", "4201", "--open");
        await File.WriteAllTextAsync(Path.Combine(bin, "xdg-open"), $"#!/bin/sh\nprintf '%s|' \"$@\" > '{Folder}/opened'\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(Path.Combine(bin, "xdg-open"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var with = await Program.RunAsync("info", "4227@42272", "--open");

        Assert.Equal((0, 0), (without.ExitCode, with.ExitCode));
        Assert.Contains($"No browser was opened (there is no xdg-open). The page is {Sandbox.Api}models/4201", without.Error);
        Assert.DoesNotContain("No browser", with.Error);
        Assert.Equal($"{Sandbox.Api}models/4227?modelVersionId=42272|", await File.ReadAllTextAsync(Path.Combine(Folder, "opened"), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_picture_is_drawn_where_the_terminal_can_and_never_into_a_pipe()
    {
        Program.Variables["TERM"] = "xterm-kitty";

        var drawn = await Terminal.RunAsync(Program, 80, "info", "4201");
        var never = await Terminal.RunAsync(Program, 80, "info", "4201", "--preview", "never");
        var piped = await Program.RunAsync("info", "4201");

        Assert.Contains("\u001b_Ga=T,f=100", drawn.Output);
        Assert.DoesNotContain("\u001b_G", never.Output + piped.Output);
        Assert.Contains(Sandbox.Ledger.Requests, request => request.Path.Contains("/width=450/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\u001b[?62;4;22c", "\u001bP0;1q\"1;1;280;280")]
    [InlineData("\u001b[?62;22c", "does not say that it draws any")]
    public async Task A_terminal_that_is_not_known_is_asked_and_gets_sixels_when_it_says_so(string answer, string shown)
    {
        using var terminal = Conversation.Start($"unset TMUX STY; exec '{Program.Executable}' info 4201 --preview always", new Dictionary<string, string>
        {
            ["CIVITAI_DL_HOME"] = Home, ["CIVITAI_DL_LIBRARY"] = Library, ["CIVITAI_ENDPOINT"] = Sandbox.Api.AbsoluteUri, ["TERM"] = "xterm",
            ["TERM_PROGRAM"] = "", ["LC_TERMINAL"] = "", ["KITTY_WINDOW_ID"] = "", ["KONSOLE_VERSION"] = "", ["WEZTERM_EXECUTABLE"] = "",
        });
        await terminal.UntilAsync("\u001b[c");
        await terminal.TypeAsync(answer);

        Assert.Equal(0, await terminal.EndAsync());
        Assert.Contains(shown, terminal.Shown);
        Assert.Contains("Ink Wash Landscapes", terminal.Shown);
        Assert.DoesNotContain("[?62", terminal.Shown); // nothing of the answer is echoed
    }

    [Fact]
    public async Task Who_does_not_answer_costs_a_moment_and_no_picture()
    {
        Program.Variables["TERM"] = "xterm";

        var ran = await Terminal.RunAsync(Program, 80, "info", "4201");
        var piped = await Program.RunAsync("info", "4201", "--preview", "always");

        Assert.Equal(0, ran.ExitCode);
        Assert.DoesNotContain("\u001bP", ran.Output);
        Assert.DoesNotContain("\u001b[c", piped.Output + piped.Error); // nobody sits there
    }

    private async Task<string> OnTerminalAsync(int columns, params string[] arguments)
    {
        Program.Variables["NO_COLOR"] = "1";
        Program.Variables["TERM"] = "xterm";
        var ran = await Terminal.RunAsync(Program, columns, arguments);
        return Escapes().Replace(ran.Output, "").Replace(Sandbox.Api.AbsoluteUri, "{api}", StringComparison.Ordinal).Replace(Sandbox.Images.AbsoluteUri, "{images}", StringComparison.Ordinal).TrimEnd('\n');
    }

    [GeneratedRegex(@"\u001b(?:\[[0-9;?]*[A-Za-z]|[=>])")]
    private static partial Regex Escapes();

    [GeneratedRegex("[0-9a-f]{64}")]
    private static partial Regex WholeHash();
}
