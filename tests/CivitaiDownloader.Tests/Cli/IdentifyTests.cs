using System.Text.Json;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Sandbox.Content;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Samples;
using CivitaiDownloader.Tests.Http;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

public sealed class IdentifyTests : SandboxFixture
{
    private static readonly DateTime LongAgo = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private string Kept => Path.Combine(Folder, "models");

    [Fact]
    public async Task Files_are_named_by_their_content_and_nothing_is_changed()
    {
        Put("renamed by somebody.bin", SampleIds.Plain);
        Put("deep/er/x.safetensors", SampleIds.Gguf);
        await File.WriteAllTextAsync(Path.Combine(Kept, "mine.pt"), "my own", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Kept, "notes.txt"), "not a model", TestContext.Current.CancellationToken);
        var before = Listing();

        var ran = await Program.RunAsync("identify", Kept, "--json");

        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
        var files = ran.Json.GetProperty("files").EnumerateArray().ToArray();
        Assert.Equal(["deep/er/x.safetensors", "mine.pt", "renamed by somebody.bin"], files.Select(Relative));
        Assert.Equal(["identified", "unknown", "identified"], files.Select(file => file.GetProperty("status").GetString()));
        Assert.Equal((4201, 42010, 420100, "Ink Wash Landscapes", "v1.0", "LORA", "SDXL 1.0"), (Int(files[2], "modelId"), Int(files[2], "versionId"), Int(files[2], "fileId"),
            Text(files[2], "modelName"), Text(files[2], "versionName"), Text(files[2], "type"), Text(files[2], "baseModel")));
        Assert.Equal(Sandbox.Catalogue.File(420100)!.Value.File.Content.Hashes.Sha256.ToLowerInvariant(), Text(files[2], "sha256"));
        Assert.Equal(before, Listing());
    }

    [Fact]
    public async Task The_document_has_the_properties_of_its_table()
    {
        Put("a.pt", SampleIds.Plain);

        var file = (await Program.RunAsync("identify", Kept, "--json")).Json.GetProperty("files")[0];

        Assert.Equal(DocumentTable.Names("property of an identified file"), file.EnumerateObject().Select(property => property.Name));
        Assert.Equal(DocumentTable.Names("property of a match"), file.GetProperty("matches")[0].EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task Rows_of_the_answer_that_cannot_be_read_are_counted_for_people_and_programs()
    {
        Put("a.pt", SampleIds.Plain);
        await using var host = await LocalHost.StartAsync(context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("""[{"modelVersionId":"none","hash":7},5]""");
        });
        Program.Variables["CIVITAI_ENDPOINT"] = host.Address.AbsoluteUri;

        var text = await Program.RunAsync("identify", Kept);
        var json = await Program.RunAsync("identify", Kept, "--json");

        Assert.Contains("warning: 2 rows of Civitai's answer could not be read", text.Error);
        Assert.StartsWith("2 rows of Civitai's answer could not be read", Assert.Single(json.Json.GetProperty("warnings").EnumerateArray()).GetString());
        Assert.Equal("", json.Error);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(200)]
    public async Task Every_row_of_the_table_can_be_told_from_the_others(int columns)
    {
        string[] names = ["cinematic-lighting-for-portraits_v1.0-fp16.safetensors", "cinematic-lighting-for-portraits_v1.1-fp16.safetensors", "水彩の風景と桜のとても長い名前_最終版.safetensors",
            "水彩の風景と桜のとても長い名前_第二版.safetensors", "🦊🦊🦊🦊🦊 foxes 🦊🦊🦊🦊🦊🦊🦊🦊🦊🦊.pt", "evil\u001b[31m\u202Ename\n.ckpt"];
        for (var index = 0; index < names.Length; index++) Put(names[index], index % 2 == 0 ? SampleIds.Plain : SampleIds.HostileNames);
        await File.WriteAllTextAsync(Path.Combine(Kept, "cinematic-lighting-for-portraits_v1.2-fp16.safetensors"), "my own", TestContext.Current.CancellationToken);
        Program.Variables["TERM"] = "dumb";
        Program.WorkingFolder = Folder;

        var ran = await Terminal.RunAsync(Program, columns, "identify", "models");

        Snapshot.Check($"identify-{columns}", System.Text.RegularExpressions.Regex.Replace(ran.Output, "read in [0-9.]+ m?s", "read in {time}"));
        var rows = ran.Output.Split('\n').Skip(1).TakeWhile(line => !line.StartsWith("7 files", StringComparison.Ordinal)).ToArray();
        Assert.Equal((7, 7), (rows.Length, rows.Distinct().Count()));
        Assert.All(rows, row => Assert.InRange(DisplayText.Width(row), 1, columns));
        Assert.DoesNotContain('\u001b', ran.Output);
    }

    [Fact]
    public async Task An_archived_model_is_named_too()
    {
        Put("old.safetensors", SampleIds.Archived);

        Assert.Equal("Old Faithful", Text((await Program.RunAsync("identify", Kept, "--json")).Json.GetProperty("files")[0], "modelName"));
    }

    [Fact]
    public async Task A_second_run_reads_and_asks_nothing()
    {
        Put("a.pt", SampleIds.Plain);
        await Program.RunAsync("identify", Kept);
        var asked = Sandbox.Ledger.Requests.Count;

        var again = await Program.RunAsync("identify", Kept);

        Assert.Equal(asked, Sandbox.Ledger.Requests.Count);
        Assert.Contains("4201@42010", again.Output);
        Assert.Contains("Nothing had to be read; 1 hash known from before.", again.Error);
    }

    [Fact]
    public async Task What_cannot_be_read_is_named_and_the_rest_is_done()
    {
        Put("a.pt", SampleIds.Plain);
        File.CreateSymbolicLink(Path.Combine(Kept, "gone.pt"), Path.Combine(Kept, "nowhere.pt"));

        var both = await Program.RunAsync("identify", Kept, "--json");
        var alone = await Program.RunAsync("identify", Path.Combine(Kept, "never.pt"), "--json");

        Assert.Equal(3, both.ExitCode);
        Assert.Equal(["identified", "unreadable"], both.Json.GetProperty("files").EnumerateArray().Select(file => Text(file, "status")));
        Assert.Contains("nowhere.pt", both.ErrorJson.GetProperty("message").GetString());
        Assert.Equal((5, "no-such-path"), (alone.ExitCode, alone.ErrorJson.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Without_the_network_hashes_are_kept_and_nothing_is_called_unknown()
    {
        Put("a.pt", SampleIds.Plain);
        var cut = new Program(Home, Library, new("http://127.0.0.1:1/"));
        var offline = await cut.RunAsync("identify", Kept, "--json", "--set", "Http:MaxAttempts=1");
        var online = await Program.RunAsync("identify", Kept);

        Assert.Equal((6, "unasked", "unreachable"), (offline.ExitCode, Text(offline.Json.GetProperty("files")[0], "status"), offline.ErrorJson.GetProperty("code").GetString()));
        Assert.Contains("4201@42010", online.Output);
        Assert.Contains("Nothing had to be read", online.Error);
    }

    [Fact]
    public async Task Interrupted_while_it_asks_it_has_kept_what_it_read()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Signals are sent with kill(2).");
        Put("a.pt", SampleIds.Plain);
        Sandbox.Faults.Add(FaultText.Parse("delay@/api/v1/model-versions/by-hash=60000"));
        using var process = Program.Start("identify", Kept);
        await ProcessSignal.InterruptWhenAsync(process, () => Sandbox.Ledger.Requests.Any(request => request.Method == "POST"));
        Sandbox.Faults.Clear();

        Assert.Equal(130, process.ExitCode);
        Assert.Contains("Nothing had to be read", (await Program.RunAsync("identify", Kept)).Error);
    }

    [Fact]
    public async Task A_name_that_is_no_text_is_named_as_the_reason()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere every name is Unicode.");
        Directory.CreateDirectory(Kept);
        await Program.RunFileAsync("bash", "-c", $"printf mine > '{Kept}'/$'caf\\xe9.safetensors'");

        var ran = await Program.RunAsync("identify", Kept);

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("' cannot be read: its name is not UTF-8", ran.Error);
    }

    [Fact]
    public async Task A_folder_without_models_is_no_failure_and_says_how_to_look_further()
    {
        Directory.CreateDirectory(Kept);

        var ran = await Program.RunAsync("identify", Kept);

        Assert.Equal((0, "", "No model files here; --all-files looks at every file.\n"), (ran.ExitCode, ran.Output, ran.Error));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("many")]
    public async Task A_number_of_readers_that_is_none_is_named(string readers)
    {
        var ran = await Program.RunAsync("identify", Folder, "--readers", readers);

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains($"'{readers}' is not a number of readers", ran.Error);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(120)]
    [InlineData(200)]
    public async Task Rows_fit_the_terminal_whatever_the_names(int columns)
    {
        Put("長い名前" + new string('長', 60) + ".pt", SampleIds.HostileNames);
        Put("\u001b[31mred.pt", SampleIds.Plain);

        var ran = await Terminal.RunAsync(Program, columns, "identify", Kept, "--no-color", "--quiet");

        var rows = ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, rows.Length);
        Assert.All(rows, row => Assert.InRange(DisplayText.Width(row), 1, columns));
        Assert.Contains("4201@42010", rows[1]);
        Assert.DoesNotContain("\u001b[31m", ran.Output);
    }

    [Fact]
    public async Task The_table_is_this()
    {
        Put("a.safetensors", SampleIds.Plain);
        await File.WriteAllTextAsync(Path.Combine(Kept, "b.pt"), "my own", TestContext.Current.CancellationToken);

        var ran = await Program.RunAsync("identify", Path.Combine(Kept, "a.safetensors"), Path.Combine(Kept, "b.pt"));

        var lines = ran.Output.Split('\n');
        Assert.Matches("^FILE +MODEL +VERSION +TYPE +BASE +TARGET$", lines[0]);
        Assert.Matches(@"a\.safetensors +Ink Wash Landscapes +v1\.0 +LORA +SDXL 1\.0 +4201@42010$", lines[1]);
        Assert.Matches(@"b\.pt +\(unknown to Civitai\) +-$", lines[2]);
        Assert.Matches(@"^2 files: 1 identified, 1 unknown to Civitai\. 16\.2 KiB read in [\d.]+ s\.\n$", ran.Error);
    }

    private void Put(string name, int model)
    {
        var path = Path.Combine(Kept, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, SampleBytes.Of(Sandbox.Catalogue.File(model * 100)!.Value.File.Content));
        File.SetLastWriteTimeUtc(path, LongAgo);
    }

    private string[] Listing() => [.. Directory.EnumerateFileSystemEntries(Kept, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(path => $"{path} {File.GetLastWriteTimeUtc(path):O}")];

    private string Relative(JsonElement file) => Path.GetRelativePath(Kept, Text(file, "path")!).Replace('\\', '/');

    private static int Int(JsonElement json, string name) => json.GetProperty(name).GetInt32();

    private static string? Text(JsonElement json, string name) => json.GetProperty(name).GetString();
}
