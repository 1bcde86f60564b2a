using System.Text.Json;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Samples;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

public sealed class VerifyTests : SandboxFixture
{
    private string Other => Path.Combine(Folder, "other");

    [Fact]
    public async Task A_whole_library_is_held_against_its_history_without_asking_anybody()
    {
        await Program.RunAsync("get", "4201", "4202", "4216"); // the last has no hash at Civitai
        var asked = Sandbox.Ledger.Requests.Count;

        var ran = await Program.RunAsync("verify", "--json");

        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
        var files = Files(ran);
        Assert.Equal(3, files.Length);
        Assert.All(files, file => Assert.Equal(("verified", "history"), (Text(file, "status"), Text(file, "source"))));
        Assert.All(files, file => Assert.Equal(Text(file, "expected"), Text(file, "sha256")));
        Assert.Equal(DocumentTable.Names("property of a checked file"), files[0].EnumerateObject().Select(property => property.Name));
        Assert.Equal(asked, Sandbox.Ledger.Requests.Count);
    }

    [Fact]
    public async Task A_flipped_bit_is_found_though_size_and_time_are_the_same_and_the_hint_mends_it()
    {
        var path = await GetAsync("4201");
        await Program.RunAsync("identify", Library); // its hash is remembered now, and must not be believed
        FlipBit(path);

        var ran = await Program.RunAsync("verify");
        var json = await Program.RunAsync("verify", "--json");

        Assert.Equal(7, ran.ExitCode);
        Assert.StartsWith("damaged       history  " + path, ran.Output);
        Assert.Contains("Move it away, then: civitai-dl get 4201@42010 --file 420100", ran.Error);
        Assert.Contains("1 file: 1 damaged.", ran.Error);
        Assert.NotEqual(Text(Files(json)[0], "expected"), Text(Files(json)[0], "sha256"));
        File.Delete(path);
        Assert.Equal(0, (await Program.RunAsync("get", "4201@42010", "--file", "420100")).ExitCode);
        Assert.Equal(0, (await Program.RunAsync("verify")).ExitCode);
    }

    [Fact]
    public async Task A_file_that_is_gone_is_missing_and_a_damaged_one_decides_before_it()
    {
        var gone = await GetAsync("4201");
        var kept = await GetAsync("4203");
        File.Delete(gone);
        var missing = await Program.RunAsync("verify", "--json");
        FlipBit(kept);
        var both = await Program.RunAsync("verify", "--json");

        Assert.Equal((5, 7), (missing.ExitCode, both.ExitCode));
        Assert.Equal(["missing", "verified"], Files(missing).Select(file => Text(file, "status")).Order());
        var row = Files(missing).Single(file => Text(file, "path") == gone);
        Assert.Equal((null, 4201, 420100), (Text(row, "sha256"), row.GetProperty("modelId").GetInt32(), row.GetProperty("fileId").GetInt32()));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whatever_link_leads_to_a_library_what_is_there_and_what_is_missing_is_told_once(bool placedByLink)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Links need rights there.");
        Directory.CreateDirectory(Path.Combine(Folder, "disk", "models"));
        Directory.CreateSymbolicLink(Path.Combine(Folder, "mnt"), Path.Combine(Folder, "disk"));
        Directory.CreateSymbolicLink(Path.Combine(Folder, "link"), Path.Combine(Folder, "mnt", "models")); // a link by the way of another
        var (real, link) = (Path.Combine(Folder, "disk", "models"), Path.Combine(Folder, "link"));
        var placing = new Program(Home, placedByLink ? link : real, Sandbox.Api);
        var gone = Text((await placing.RunAsync("get", "4201", "--json")).Json.GetProperty("files")[0], "path")!;
        await placing.RunAsync("get", "4203");
        File.Delete(gone);

        var ran = await new Program(Home, placedByLink ? real : link, Sandbox.Api).RunAsync("verify", "--json");
        var named = await Program.RunAsync("verify", placedByLink ? real : link, "--json");

        foreach (var one in new[] { ran, named })
        {
            Assert.Equal(5, one.ExitCode);
            Assert.Equal([("missing", "history"), ("verified", "history")], Files(one).Select(file => (Text(file, "status"), Text(file, "source"))).Order());
        }
    }

    [Fact]
    public async Task Another_known_file_in_its_place_is_said_to_be_a_replacement()
    {
        var path = await GetAsync("4201");
        File.WriteAllBytes(path, SampleBytes.Of(Sandbox.Catalogue.File(SampleIds.Gguf * 100)!.Value.File.Content));

        var json = await Program.RunAsync("verify", "--json");
        var ran = await Program.RunAsync("verify");

        Assert.Equal(("damaged", 4203), (Text(Files(json)[0], "status"), Files(json)[0].GetProperty("replacedBy").GetProperty("modelId").GetInt32()));
        Assert.Contains("It was replaced: this is Tiny Prompt Writer v1.0 (4203@42030).", ran.Error);
    }

    [Fact]
    public async Task What_lies_beside_a_file_vouches_for_it_and_against_it()
    {
        var moved = Elsewhere(await GetAsync("4201"), "inkwash_v1.safetensors");
        var asked = Sandbox.Ledger.Requests.Count;

        var good = await Program.RunAsync("verify", moved, "--json");
        var askedForGood = Sandbox.Ledger.Requests.Count - asked;
        FlipBit(moved);
        var bad = await Program.RunAsync("verify", moved, "--json");

        Assert.Equal((0, "verified", "sidecar", 0), (good.ExitCode, Text(Files(good)[0], "status"), Text(Files(good)[0], "source"), askedForGood));
        Assert.Equal((7, "damaged", "sidecar", 420100), (bad.ExitCode, Text(Files(bad)[0], "status"), Text(Files(bad)[0], "source"), Files(bad)[0].GetProperty("fileId").GetInt32()));
    }

    [Fact]
    public async Task A_sidecar_older_than_its_file_does_not_condemn_what_Civitai_knows()
    {
        var moved = Elsewhere(await GetAsync("4201"), "inkwash_v1.safetensors");
        File.WriteAllBytes(moved, SampleBytes.Of(Sandbox.Catalogue.File(SampleIds.Gguf * 100)!.Value.File.Content));

        var file = Files(await Program.RunAsync("verify", moved, "--json"))[0];

        Assert.Equal(("verified", "civitai", 4203), (Text(file, "status"), Text(file, "source"), file.GetProperty("modelId").GetInt32()));
    }

    [Fact]
    public async Task A_spoilt_sidecar_is_named_and_decides_nothing()
    {
        Directory.CreateDirectory(Other);
        File.WriteAllText(Path.Combine(Other, "mine.pt"), "my own");
        File.WriteAllText(Path.Combine(Other, "mine.civitai.info"), "<html>");

        var ran = await Program.RunAsync("verify", Other);
        var json = await Program.RunAsync("verify", Other, "--json");

        var warning = $"'{Path.Combine(Other, "mine.civitai.info")}' is passed over: it is not JSON";
        Assert.Equal((0, 0, ""), (ran.ExitCode, json.ExitCode, json.Error));
        Assert.Contains($"warning: {warning}.", ran.Error);
        Assert.Equal([warning], Files(json)[0].GetProperty("warnings").EnumerateArray().Select(one => one.GetString()));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_unverifiable_with_its_error_and_no_success()
    {
        var path = await GetAsync("4201");
        await GetAsync("4203");
        File.Delete(path);
        File.CreateSymbolicLink(path, Path.Combine(Folder, "loop"));
        File.CreateSymbolicLink(Path.Combine(Folder, "loop"), path); // unreadable for root as well

        var ran = await Program.RunAsync("verify");
        var json = await Program.RunAsync("verify", "--json");

        var row = Files(json).Single(file => Text(file, "path") == path);
        Assert.Equal((3, 3), (ran.ExitCode, json.ExitCode));
        Assert.Equal(("unverifiable", "history", null), (Text(row, "status"), Text(row, "source"), Text(row, "sha256")));
        Assert.Equal("not-readable", Text(row.GetProperty("error"), "code"));
        Assert.NotNull(Text(row, "expected"));
        Assert.Contains("cannot be read", ran.Error);
        Assert.Contains("2 files: 1 verified, 1 unverifiable (1 could not be read).", ran.Error);
    }

    [Fact]
    public async Task Civitai_vouches_for_what_nothing_else_does_and_what_nobody_knows_is_unverifiable_but_no_failure()
    {
        Directory.CreateDirectory(Other);
        File.WriteAllBytes(Path.Combine(Other, "a.pt"), SampleBytes.Of(Sandbox.Catalogue.File(420100)!.Value.File.Content));
        File.WriteAllText(Path.Combine(Other, "mine.pt"), "my own");

        var ran = await Program.RunAsync("verify", Other);

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal($"verified      civitai  {Path.Combine(Other, "a.pt")}\nunverifiable  -        {Path.Combine(Other, "mine.pt")}\n", ran.Output);
        Assert.Contains("2 files: 1 verified, 1 unverifiable.", ran.Error);
    }

    [Fact]
    public async Task Interrupted_it_goes_on_where_it_was_and_after_its_end_everything_is_read_again()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Signals are sent with kill(2).");
        Directory.CreateDirectory(Other);
        File.WriteAllText(Path.Combine(Other, "mine.pt"), "my own");
        Sandbox.Faults.Add(FaultText.Parse("delay@/api/v1/model-versions/by-hash=60000"));
        using var process = Program.Start("verify", Other);
        var said = await ProcessSignal.InterruptWhenAsync(process, () => Sandbox.Ledger.Requests.Any(request => request.Method == "POST"));
        Sandbox.Faults.Clear();

        var on = await Program.RunAsync("verify", Other);
        var next = await Program.RunAsync("verify", Other);

        Assert.Equal(130, process.ExitCode);
        Assert.Contains("it goes on where it stopped", said);
        Assert.Contains("Goes on with the check begun a moment ago; --again begins anew.", on.Error);
        Assert.Contains("0 B read", on.Error);
        Assert.Contains("1 read before the interruption", on.Error);
        Assert.Contains("The last complete check of this was a moment ago.", next.Error);
        Assert.Contains("6 B read", next.Error);
    }

    [Fact]
    public async Task Without_the_network_it_says_what_could_not_be_asked_and_again_begins_anew()
    {
        var placed = await GetAsync("4201");
        File.WriteAllText(Path.Combine(Library, "mine.pt"), "my own");
        var cut = new Program(Home, Library, new("http://127.0.0.1:1/"));

        var offline = await cut.RunAsync("verify", "--json", "--set", "Http:MaxAttempts=1");
        var again = await Program.RunAsync("verify", "--again", "--list");

        Assert.Equal((3, "unreachable"), (offline.ExitCode, offline.ErrorJson.GetProperty("code").GetString()));
        var mine = Files(offline).Single(file => Text(file, "path") != placed);
        Assert.Equal(("unverifiable", "unreachable"), (Text(mine, "status"), Text(mine.GetProperty("error"), "code")));
        Assert.DoesNotContain("Goes on", again.Error);
        Assert.Contains("verified      history  " + placed, again.Output);
    }

    [Fact]
    public async Task The_whole_library_lists_only_what_needs_a_look()
    {
        await GetAsync("4201");

        Assert.Equal("", (await Program.RunAsync("verify")).Output);
    }

    [Fact]
    public async Task An_empty_library_is_no_failure_and_a_path_that_is_not_there_is()
    {
        var empty = await Program.RunAsync("verify");
        var never = await Program.RunAsync("verify", Path.Combine(Folder, "never"), "--json");

        Assert.Equal((0, "There is nothing to verify.\n"), (empty.ExitCode, empty.Error));
        Assert.Equal((5, "no-such-path"), (never.ExitCode, never.ErrorJson.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task On_a_terminal_a_bar_is_drawn_and_cleared()
    {
        await GetAsync("4201");

        var ran = await Terminal.RunAsync(Program, 80, "verify", "--list");

        Assert.Equal(0, ran.ExitCode);
        Assert.Matches(@"(Reading|Asking Civitai).*\u001b\[2K(\u001b\[\?25h)?(\u001b\[32m)?verified +(\u001b\[0m)?  history", ran.Output.Replace("\n", " ", StringComparison.Ordinal));
        Assert.Contains("1 file: 1 verified.", ran.Output);
    }

    private async Task<string> GetAsync(string target) => Text((await Program.RunAsync("get", target, "--json")).Json.GetProperty("files")[0], "path")!;

    // With what lies beside it, where no history is.
    private string Elsewhere(string path, string name)
    {
        Directory.CreateDirectory(Other);
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(path)!)) File.Copy(file, Path.Combine(Other, Path.GetFileName(file)));
        return Path.Combine(Other, name);
    }

    private static void FlipBit(string path)
    {
        var time = File.GetLastWriteTimeUtc(path);
        using (var file = File.Open(path, FileMode.Open))
        {
            file.Position = file.Length / 2;
            var one = file.ReadByte();
            file.Position = file.Length / 2;
            file.WriteByte((byte)(one ^ 1));
        }

        File.SetLastWriteTimeUtc(path, time);
    }

    private static JsonElement[] Files(Ran ran) => [.. ran.Json.GetProperty("files").EnumerateArray()];

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
