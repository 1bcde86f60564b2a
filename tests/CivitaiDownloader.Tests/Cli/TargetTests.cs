using System.Diagnostics;
using CivitaiDownloader.Sandbox;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Ledger;
using CivitaiDownloader.Sandbox.Samples;
using CivitaiDownloader.Tests.Cli.Accounts;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

/// <summary>What people point at, from the command line to the file.</summary>
public sealed class TargetTests : SandboxFixture
{
    [Theory]
    [InlineData("model:4201", 420100)]
    [InlineData("version:42010", 420100)]
    [InlineData("4202@42020+420203", 420203)]
    [InlineData("urn:air:sdxl:checkpoint:civitai:4202@42020+420204", 420204)]
    [InlineData("civitai.green/models/4202/slug", 420202)]
    [InlineData("https://civitai.com/api/download/models/42020", 420202)]
    [InlineData("https://civitai.com/api/download/models/42020?type=VAE", 420204)]
    [InlineData("https://civitai.com/api/download/models/42020?type=Model&format=PickleTensor&size=pruned&fp=fp16", 420203)]
    [InlineData("https://civitai.com/api/download/models/42020?type=Model&format=SafeTensor&size=full&fp=fp32", 420201)]
    [InlineData("https://civitai.com/api/download/models/42020?type=Config&format=Other", 420205)]
    public async Task A_target_leads_to_the_file_it_names_or_describes(string target, int file) => Assert.Equal(file, await PlannedAsync(target));

    [Fact]
    public async Task Each_kind_of_hash_leads_to_its_file_named_and_bare()
    {
        var sample = Sandbox.Catalogue.File(420203)!.Value.File; // not the primary one
        foreach (var (kind, value) in sample.ShownHashes)
        {
            Assert.Equal(420203, await PlannedAsync($"{kind}:{value}"));
            if (!value.All(char.IsAsciiDigit)) Assert.Equal(420203, await PlannedAsync(value.ToLowerInvariant()));
        }

        var large = Sandbox.Catalogue.File(422000)!.Value.File;
        Assert.Equal(422000, await PlannedAsync("autov1:" + large.ShownHashes.First(hash => hash.Name == "AutoV1").Value));
    }

    [Fact]
    public async Task An_AutoV3_of_64_digits_is_found_by_its_first_twelve()
    {
        var shown = Sandbox.Catalogue.File(420100)!.Value.File.ShownHashes.First(hash => hash.Name == "AutoV3").Value;

        Assert.Equal(420100, await PlannedAsync($"autov3:{shown}{new string('0', 52)}"));
    }

    [Fact]
    public async Task A_file_on_disk_is_looked_up_by_its_content_whatever_its_name()
    {
        await Program.RunAsync("get", "4202@42020+420203");
        var path = Path.Combine(Folder, "renamed by me");
        File.Copy(Path.Combine(Library, Visible().Single(name => name.EndsWith(".ckpt", StringComparison.Ordinal))), path);

        Assert.Equal(420203, await PlannedAsync(path));

        await File.AppendAllTextAsync(path, "x", TestContext.Current.CancellationToken);
        var unknown = await Program.RunAsync("get", path, "--json");
        Assert.Equal((5, "not-found"), (unknown.ExitCode, unknown.ErrorJson.GetProperty("code").GetString()));
    }

    [Theory]
    [InlineData("get 4290", 2, "ambiguous-number", "'First Of The Number'")]
    [InlineData("get 4290", 2, "ambiguous-number", "'v0.9' of the model 4291 'Second Of The Number'")]
    [InlineData("info 4290", 2, "ambiguous-number", "model:4290 for the first, 4291@4290 for the second")]
    [InlineData("get 4202@42020+420100", 5, "no-such-file", "the id 420100")]
    [InlineData("get urn:air:sdxl:lora:civitai:4202@42010+420100", 5, "not-found", "belongs to model 4201")]
    [InlineData("get https://civitai.com/api/download/models/42020?type=Model&format=GGUF", 5, "no-such-file", "the type 'Model' and the format 'GGUF'")]
    [InlineData("get https://civitai.com/api/download/models/42020?type=Hologram", 5, "no-such-file", "the type 'Hologram'")]
    [InlineData("get sha256:0000000000000000000000000000000000000000000000000000000000000000", 5, "not-found", "knows no published file")]
    [InlineData("get autov2:0123456789", 5, "not-found", "autov2:0123456789")]
    [InlineData("get 12345678", 2, "usage", "crc32:12345678")]
    [InlineData("get nothing.safetensors", 2, "usage", "There is no file")]
    [InlineData("get 4211@42110", 5, "archived", "is archived")]
    [InlineData("get - -", 2, "usage", "given twice")]
    public async Task What_cannot_be_meant_is_refused_and_nothing_is_fetched(string line, int exitCode, string code, string words)
    {
        var ran = await Program.RunAsync([.. line.Split(' '), "--json"]);

        Assert.Equal((exitCode, code), (ran.ExitCode, ran.ErrorJson.GetProperty("code").GetString()));
        Assert.Contains(words, ran.ErrorJson.GetProperty("message").GetString() + " " + ran.ErrorJson.GetProperty("hint").GetString());
        Assert.Empty(Visible());
        Assert.DoesNotContain(Sandbox.Ledger.Requests, request => request.Site == SandboxSite.Storage);
    }

    [Theory]
    [InlineData("model:4290", 429000)]
    [InlineData("version:4290", 429101)]
    [InlineData("4291@4290", 429101)]
    public async Task A_number_that_two_things_have_can_be_said_in_full(string target, int file) => Assert.Equal(file, await PlannedAsync(target));

    [Fact]
    public async Task Only_a_bare_number_costs_the_extra_question()
    {
        await Program.RunAsync("get", "model:4201", "--dry-run");
        var named = Minis();
        await Program.RunAsync("get", "4203", "--dry-run");

        Assert.Equal((0, 1), (named, Minis()));

        int Minis() => Sandbox.Ledger.Requests.Count(request => request.Path.Contains("/mini/", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_pasted_key_is_neither_shown_nor_kept_nor_sent()
    {
        const string secret = "marker0token0value";

        var ran = await Program.RunAsync("get", $"https://civitai.com/api/download/models/42010?type=Model&token={secret}", $"https://example.org/?token={secret}&x=1", "--json", "--verbose");
        var good = await Program.RunAsync("get", $"https://civitai.com/api/download/models/42010?token={secret}&type=Model", "--json", "--verbose");

        Assert.Equal(2, ran.ExitCode);
        Assert.Equal("https://civitai.com/api/download/models/42010?type=Model", good.Json.GetProperty("files")[0].GetProperty("target").GetString());
        Assert.DoesNotContain(secret, ran.Output + ran.Error + good.Output + good.Error);
        Assert.DoesNotContain(Sandbox.Ledger.Requests, request => (request.Query + request.Authorization).Contains(secret, StringComparison.Ordinal));
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
            Assert.DoesNotContain(secret, System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)));
    }

    [Theory]
    [InlineData("search", "ink", "--limit", "1", "--json")]
    [InlineData("info", "4201", "--json")]
    [InlineData("get", "4201", "--dry-run", "--json")]
    public async Task What_a_command_prints_is_a_list_for_the_next(params string[] command)
    {
        Program.Input = (await Program.RunAsync(command)).Output;

        Assert.Equal(420100, await PlannedAsync("-"));
    }

    [Theory]
    [InlineData("--format simple")]
    [InlineData("--format csv")]
    [InlineData("--format csv --columns name,tags,version")]
    [InlineData("--format csv --columns url")]
    [InlineData("--format ids")]
    [InlineData("--jsonl")]
    public async Task What_a_search_prints_in_any_form_is_a_list_for_get(string form)
    {
        Program.Input = (await Program.RunAsync(["search", "ink", "--limit", "1", .. form.Split(' ')])).Output;

        Assert.Equal(420100, await PlannedAsync("-"));
    }

    [Theory]
    [InlineData("--json")]
    [InlineData("--jsonl")]
    [InlineData("--format simple")]
    [InlineData("--format csv")]
    [InlineData("--format ids")]
    public async Task A_search_that_found_nothing_leaves_nothing_to_do(string form)
    {
        var none = await Program.RunAsync(["search", "nothingiscalledthis", .. form.Split(' ')]);
        Program.Input = none.Output;
        var get = await Program.RunAsync("get", "-");
        var json = await Program.RunAsync("get", "-", "--json");
        var info = await Program.RunAsync("info", "-", "--json");

        Assert.Equal((0, ""), (get.ExitCode, get.Output));
        Assert.Equal("The list on standard input is empty.\nThere is nothing to do.\n", get.Error);
        Assert.Equal((0, 0), (json.ExitCode, json.Json.GetProperty("files").GetArrayLength()));
        Assert.Equal((0, 0), (info.ExitCode, info.Json.GetProperty("items").GetArrayLength()));
    }

    [Fact]
    public async Task At_a_terminal_a_list_of_nothing_is_a_mistake()
    {
        using var terminal = Conversation.Start($"tty; CIVITAI_DL_HOME='{Home}' exec '{Program.Executable}' get -", new Dictionary<string, string> { ["CIVITAI_ENDPOINT"] = Sandbox.Api.AbsoluteUri });
        await terminal.UntilAsync("end with Ctrl-D");
        var device = terminal.Shown.Split('\n')[0].Trim();
        // What is typed before it reads is not taken as an end.
        while (!(await Program.RunFileAsync("stty", "-F", device, "-a")).Output.Contains("-icanon", StringComparison.Ordinal)) TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        await terminal.TypeAsync("\u0004");

        Assert.Equal(2, await terminal.EndAsync());
        Assert.Contains("The list on standard input is empty", terminal.Shown);
    }

    [Fact]
    public async Task A_list_on_standard_input_is_taken_as_a_whole_or_not_at_all()
    {
        Program.Input = "# mine\n4201\n\n4202@42020+420204 # the VAE\n";
        var good = await Program.RunAsync("get", "-", "--dry-run", "--json");
        Program.Input = "4201\nnonsense\n";
        var bad = await Program.RunAsync("get", "-", "--json");

        Assert.Equal([420100, 420204], good.Json.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("fileId").GetInt32()));
        Assert.Contains("line 2: 'nonsense'", bad.ErrorJson.GetProperty("message").GetString());
        Assert.Empty(Visible());
    }

    [Fact]
    public async Task Interrupted_every_target_is_in_the_document()
    {
        Sandbox.Faults.Add(FaultText.Parse("stall@4220=1000000"));
        using var process = Program.Start("get", "4220", "4201", "4203", "--parallel", "1", "--json");
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        using (var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(5)))
            while (Sandbox.Ledger.Of(422000).Served < 1_000_000 && !process.HasExited) await ticks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        using (var kill = Process.Start("kill", ["-INT", $"{process.Id}"])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        var files = new Ran(process.ExitCode, await output, "").Json.GetProperty("files").EnumerateArray().ToArray();

        Assert.Equal(130, process.ExitCode);
        Assert.Equal(["4220", "4201", "4203"], files.Select(file => file.GetProperty("target").GetString()));
        Assert.All(files, file => Assert.Equal(("failed", "interrupted"), (file.GetProperty("status").GetString(), file.GetProperty("error").GetProperty("code").GetString())));
    }

    [Fact]
    public async Task A_file_without_a_hash_is_not_taken_for_that_of_another_site()
    {
        await using var other = await SandboxHost.StartAsync(new() { Models = 5 }, TestContext.Current.CancellationToken);
        await Program.RunAsync("get", $"{SampleIds.NoHash}");

        var elsewhere = await new Program(Home, Library, other.Api).RunAsync("get", $"{SampleIds.NoHash}", "--dry-run", "--json");
        var here = await Program.RunAsync("get", $"{SampleIds.NoHash}", "--dry-run", "--json");
        var search = await new Program(Home, Library, other.Api).RunAsync("info", $"{SampleIds.NoHash}", "--json");

        Assert.Equal(("planned", "present"), (Status(elsewhere), Status(here)));
        Assert.False(search.Json.GetProperty("modelVersions")[0].GetProperty("files")[0].GetProperty("inLibrary").GetBoolean());

        static string? Status(Ran ran) => ran.Json.GetProperty("files")[0].GetProperty("status").GetString();
    }

    private async Task<int> PlannedAsync(string target)
    {
        var ran = await Program.RunAsync("get", target, "--dry-run", "--json");
        Assert.True(ran.ExitCode == 0, ran.Error);
        return ran.Json.GetProperty("files")[0].GetProperty("fileId").GetInt32();
    }
}
