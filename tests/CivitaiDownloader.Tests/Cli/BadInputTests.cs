using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

/// <summary>Each mistake is named with its value, what is allowed and what to do; nothing is half done.</summary>
public sealed class BadInputTests : SandboxFixture
{
    [Theory]
    [InlineData("get 999", 5, "not-found", "Model 999 was not found")]
    [InlineData("get 42010", 5, "not-found", "Name it as 4201@42010")]
    [InlineData("get 4201@7", 5, "not-found", "has no version 7")]
    [InlineData("get inkwash", 2, "usage", "'inkwash' is not a target: give a model id")]
    [InlineData("get -5", 2, "usage", "-5")]
    [InlineData("get 99999999999", 2, "usage", "whole numbers from 1 to 2147483647")]
    [InlineData("get https://example.org/models/1", 2, "usage", "example.org")]
    [InlineData("get ftp://civitai.com/models/1", 2, "usage", "ftp")]
    [InlineData("get https://civitai.com/images/1", 2, "usage", "not the page of a model")]
    [InlineData("get urn:air:sdxl:lora:huggingface:1@2", 2, "usage", "huggingface")]
    [InlineData("get sha256:abc", 2, "usage", "digits of a Sha256")]
    [InlineData("get", 2, "usage", "get --help")]
    [InlineData("get 4202 --file nothing.safetensors", 5, "no-such-file", "420201")]
    [InlineData("get 4221 --file same.safetensors", 2, "ambiguous-file", "422101")]
    [InlineData("get 4202 --format GGUF", 5, "no-such-file", "format 'GGUF'")]
    [InlineData("get 4201 4202 --output name.safetensors", 2, "usage", "cannot share one file name")]
    [InlineData("search --limit -3", 2, "usage", "'-3' is not a limit")]
    [InlineData("search --limit many", 2, "usage", "'many' is not a limit")]
    [InlineData("search --sort nonsense", 2, "usage", "Most Downloaded")]
    [InlineData("search --period fortnight", 2, "usage", "AllTime")]
    [InlineData("search --type Nonsense", 2, "usage", "'Nonsense' is not a type of model")]
    [InlineData("search --type Chekpoint", 2, "usage", "did you mean 'Checkpoint'?")]
    [InlineData("search --category caracter", 2, "usage", "did you mean 'character'?")]
    [InlineData("search --rating pg14", 2, "usage", "'pg14' is no rating: give pg, pg13, r, x or xxx")]
    [InlineData("search --rating x-pg", 2, "usage", "'x-pg' is no rating")]
    [InlineData("search --rating pg --nsfw", 2, "usage", "--nsfw and --rating exclude each other")]
    [InlineData("search --published-after 2026-02-30", 2, "usage", "'2026-02-30' is not a date: give it as 2026-01-31")]
    [InlineData("search --published-before yesterday", 2, "usage", "'yesterday' is not a date")]
    [InlineData("search --published-within 2026-01-01", 2, "usage", "is not a span of time: give 12h, 30d")]
    [InlineData("search --published-within 0d", 2, "usage", "'0d' is not a span")]
    [InlineData("search --published-within 9999y --published-after 1d", 2, "usage", "exclude each other")]
    [InlineData("search --published-after 2026-03-01 --published-before 2026-03-01", 2, "usage", "nothing lies between")]
    [InlineData("search --min-downloads -1", 2, "usage", "'-1' is no number for --min-downloads")]
    [InlineData("search --min-downloads 5 --max-downloads 4", 2, "usage", "nothing lies between")]
    [InlineData("search --min-likes lots", 2, "usage", "'lots' is no number for --min-likes")]
    [InlineData("search --min-like-ratio 95", 2, "usage", "'95' is no ratio: give a share from 0 to 1")]
    [InlineData("search --max-size huge", 2, "usage", "'huge' is no size")]
    [InlineData("search --commercial-use steal", 2, "usage", "'steal' is no commercial use")]
    [InlineData("search --commercial-use none,sell", 2, "usage", "exclude each other")]
    [InlineData("search --file-format zip", 2, "usage", "'zip' is no file format")]
    [InlineData("search --early-access maybe", 2, "usage", "include, exclude, only")]
    [InlineData("search --checkpoint-type standard", 2, "usage", "'standard' is not a kind of checkpoint: give one of Trained, Merge")]
    [InlineData("search --checkpoint-type traind", 2, "usage", "did you mean 'Trained'?")]
    [InlineData("search --checkpoint-type merge --type LORA", 2, "usage", "--type leaves them out")]
    [InlineData("search --availability publik", 2, "usage", "did you mean 'Public'?")]
    [InlineData("search --availability private", 2, "usage", "--availability private needs --creator")]
    [InlineData("search --archived onyl", 2, "usage", "did you mean 'only'?")]
    [InlineData("search --primary-file-only --in-library", 2, "usage", "exclude each other")]
    [InlineData("search --in-library --not-in-library", 2, "usage", "exclude each other")]
    [InlineData("search --format xml", 2, "usage", "table, simple, csv, ids")]
    [InlineData("search --format csv", 2, "usage", "--json and --format exclude each other")]
    [InlineData("search --jsonl", 2, "usage", "--json and --jsonl exclude each other")]
    [InlineData("search --columns id,nam", 2, "usage", "did you mean 'name'?")]
    [InlineData("search --columns id", 2, "usage", "--columns is for a table")]
    [InlineData("search --tag nobody-uses-this", 5, "not-found", "Civitai knows no tag 'nobody-uses-this'")]
    [InlineData("search --favorites", 4, "sign-in-required", "CIVITAI_API_KEY")]
    [InlineData("search --creator nobody-at-all", 5, "not-found", "Civitai knows no creator 'nobody-at-all' Take the name from the address")]
    [InlineData("search --all --limit 3", 2, "usage", "exclude")]
    [InlineData("search ink --typ LORA", 2, "usage", "'--typ' is not an option")]
    [InlineData("get 4201 --formt GGUF", 2, "usage", "'--formt' is not an option")]
    [InlineData("info --jsn 4201", 2, "usage", "--jsn")]
    [InlineData("nonsense", 2, "usage", "nonsense")]
    [InlineData("get 4201 --set Library:Template={type}/{nonsense}/{fileName}", 2, "template-invalid", "{nonsense}")]
    [InlineData("get 4201 --set Library:Nonsense=1", 2, "settings", "Library:Template")]
    [InlineData("get 4201 --set nonsense", 2, "settings", "KEY=VALUE")]
    [InlineData("get 4201 --set Http:MaxAttempts=0", 2, "settings", "MaxAttempts")]
    [InlineData("get 4201 --set Transfer:StallTimeout=soon", 2, "settings", "StallTimeout")]
    [InlineData("get 4201 --endpoint ftp://example.org", 2, "settings", "Http:Endpoint")]
    [InlineData("get 4201 --endpoint http://example.org", 2, "settings", "must be https")]
    [InlineData("get 4201 --endpoint https://civitai.com/api/v1", 2, "settings", "Http:Endpoint ('https://civitai.com/api/v1') must be a site without a path, as https://civitai.com")]
    [InlineData("search --endpoint https://civitai.com/api/v1/", 2, "settings", "as https://civitai.com:")]
    [InlineData("search --endpoint https://nas.example.org/mirror", 2, "settings", "as https://nas.example.org:")]
    [InlineData("sandbox --fault nonsense", 2, "usage", "cut@4219")]
    [InlineData("sandbox --seed x", 2, "usage", "'x' is not a seed: give a whole number")]
    [InlineData("search --nsfw=maybe", 2, "usage", "'--nsfw' is a switch: it takes true, false or nothing, not 'maybe'")]
    [InlineData("verify --formt=x", 2, "usage", "'--formt' is not an option")]
    public async Task Is_refused_with_its_value_and_the_next_step(string line, int exitCode, string code, string words)
    {
        var ran = await Program.RunAsync([.. line.Split(' '), "--json"]);

        Assert.Equal(exitCode, ran.ExitCode);
        Assert.Equal(code, ran.ErrorJson.GetProperty("code").GetString());
        Assert.Contains(words, ran.ErrorJson.GetProperty("message").GetString() + " " + ran.ErrorJson.GetProperty("hint").GetString());
        Assert.Equal(exitCode, ran.ErrorJson.GetProperty("exitCode").GetInt32());
        Assert.Empty(Visible());
        Assert.Empty(Staged());
    }

    [Fact]
    public async Task A_word_that_begins_with_an_at_sign_is_a_word()
    {
        Program.WorkingFolder = Home;
        Directory.CreateDirectory(Path.Combine(Home, "folder"));
        await File.WriteAllTextAsync(Path.Combine(Home, "words"), "--json\n--limit\n1\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(Home, "@at.safetensors"), "mine", TestContext.Current.CancellationToken);

        var folder = await Program.RunAsync("search", "@folder");
        var file = await Program.RunAsync("search", "@words");
        var model = await Program.RunAsync("identify", "@at.safetensors");

        Assert.Equal((0, ""), (folder.ExitCode, folder.Output));
        Assert.Equal((0, ""), (file.ExitCode, file.Output));
        Assert.Equal(0, model.ExitCode);
        Assert.Contains("unknown to Civitai", model.Output);
    }

    [Fact]
    public async Task Behind_two_hyphens_every_word_is_a_word()
    {
        var folder = Directory.CreateDirectory(Path.Combine(Home, "names")).FullName;
        Program.WorkingFolder = folder;
        await File.WriteAllTextAsync(Path.Combine(folder, "-a.safetensors"), "mine", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Path.Combine(folder, "--b.safetensors"), "mine too", TestContext.Current.CancellationToken);

        var search = await Program.RunAsync("search", "ink", "--", "--wash");
        var models = await Program.RunAsync("identify", "--", "-a.safetensors", "--b.safetensors");
        var verify = await Program.RunAsync("verify", "--", "-a.safetensors");
        var info = await Program.RunAsync("info", "--", "-a.safetensors");
        var misspelt = await Program.RunAsync("identify", "--b.safetensors", "--", "-a.safetensors");

        Assert.Equal(0, search.ExitCode);
        Assert.Contains("2 unknown to Civitai", models.Error);
        Assert.Contains("1 unverifiable", verify.Error);
        Assert.Contains("no published file with the content of", info.Error);
        Assert.Equal(2, misspelt.ExitCode);
        Assert.Contains("'--b.safetensors' is not an option of this command", misspelt.Error);
    }

    [Theory]
    [InlineData("{\n  \"Library\": {\n    \"Root\" \"x\"\n  }\n}", "line 3, column 12")]
    [InlineData("{ \"Library\": { \"Root\": \"x\" }", "line 1")]
    [InlineData("[1]", "one object")]
    [InlineData("{ \"Libary\": { \"Root\": \"x\" } }", "Libary:Root")]
    [InlineData("{ \"Library\": 5 }", "section")]
    [InlineData("{ \"Libary\": {} }", "has the section 'Libary', which does not exist")]
    [InlineData("{ \"Nonsense\": { } }", "'Nonsense'")]
    [InlineData("{ \"Library\": { \"Root\": [1] } }", "Library:Root")]
    [InlineData("{ \"Library\": { \"Root\": \"a\", \"Root\": \"b\" } }", "'Root'")]
    public async Task A_mistake_in_config_is_named_with_its_place(string config, string words)
    {
        Directory.CreateDirectory(Home);
        await File.WriteAllTextAsync(Path.Combine(Home, "config.json"), config, TestContext.Current.CancellationToken);

        var ran = await Program.RunAsync("get", "4201", "--json");

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("config.json", ran.ErrorJson.GetProperty("message").GetString());
        Assert.Contains(words, ran.ErrorJson.GetProperty("message").GetString());
    }

    [Fact]
    public async Task Config_may_have_comments_and_trailing_commas_and_is_below_variables_and_flags()
    {
        Directory.CreateDirectory(Home);
        await File.WriteAllTextAsync(Path.Combine(Home, "config.json"), "\uFEFF{ // mine\n \"Library\": { \"Template\": \"file/{fileName}\", \"WritePreview\": false, }, }", TestContext.Current.CancellationToken);

        await Program.RunAsync("get", "4201");
        Program.Variables["CIVITAI_DL_LIBRARY__TEMPLATE"] = "variable/{fileName}";
        await Program.RunAsync("get", "4203");
        await Program.RunAsync("get", "4205", "--set", "Library:Template=flag/{fileName}");

        Assert.Equal(["file", "flag", "variable"], Visible().Select(path => path.Split('/')[0]).Distinct());
        Assert.DoesNotContain(Visible(), path => path.Contains(".preview.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_refused_and_left_alone()
    {
        await Program.RunAsync("get", "4201");
        var path = Path.Combine(Home, "civitai-dl.db");
        using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "UPDATE schema_part SET version = 99 WHERE feature = 'library'";
            command.ExecuteNonQuery();
        }

        var ran = await Program.RunAsync("get", "4203", "--json");

        Assert.Equal((1, "database-newer-version"), (ran.ExitCode, ran.ErrorJson.GetProperty("code").GetString()));
        Assert.Contains("version 99", ran.ErrorJson.GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_refused_and_left_alone()
    {
        Directory.CreateDirectory(Home);
        var path = Path.Combine(Home, "civitai-dl.db");
        await File.WriteAllTextAsync(path, "this is a diary, not a database, and it is long enough to be read as a header", TestContext.Current.CancellationToken);

        var ran = await Program.RunAsync("get", "4201", "--json");

        Assert.Equal((1, "database-damaged"), (ran.ExitCode, ran.ErrorJson.GetProperty("code").GetString()));
        Assert.StartsWith("this is a diary", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_journal_of_a_newer_version_is_refused_and_left_alone()
    {
        Sandbox.Faults.Add(CivitaiDownloader.Sandbox.Faults.FaultText.Parse("stall@4220=9000000*1"));
        using (var process = Program.Start("get", "4220"))
        {
            using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
            while (Sandbox.Ledger.Of(422000).Served < 9_000_000 && !process.HasExited) await ticks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        var journal = Path.Combine(Library, ".civitai-dl", "staging", Staged().Single(name => name.EndsWith(".journal", StringComparison.Ordinal)));
        var bytes = await File.ReadAllBytesAsync(journal, TestContext.Current.CancellationToken);
        bytes[8] = 9; // docs/formats/journal.md: the version follows the eight bytes of the magic
        await File.WriteAllBytesAsync(journal, bytes, TestContext.Current.CancellationToken);

        var ran = await Program.RunAsync("get", "4220", "--json");

        Assert.Equal((1, "journal-too-new"), (ran.ExitCode, ran.ErrorJson.GetProperty("code").GetString()));
        Assert.Equal(bytes, await File.ReadAllBytesAsync(journal, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("cut@nowhere=5")]
    public async Task A_fault_that_is_none_is_told_with_all_there_are(string fault)
    {
        var ran = await Program.RunAsync("sandbox", "--fault", fault, "--json");

        Assert.Equal((2, "usage"), (ran.ExitCode, ran.ErrorJson.GetProperty("code").GetString()));
        Assert.Contains($"'{fault}' is not a fault", ran.ErrorJson.GetProperty("message").GetString());
        foreach (var kind in new[] { "wrong-bytes", "unresolved", "restricted-region" }) Assert.Contains(kind, ran.ErrorJson.GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_read_only_library_is_named()
    {
        using var disk = SmallDisk.Mount(Path.Combine(Folder, "small"), megabytes: 8);
        disk.MakeReadOnly();

        var ran = await new Program(Home, disk.Path, Sandbox.Api).RunAsync("get", "4201", "--json");

        Assert.Equal((1, "not-writable"), (ran.ExitCode, ran.ErrorJson.GetProperty("code").GetString()));
        Assert.Contains(disk.Path, ran.ErrorJson.GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_read_only_home_is_named()
    {
        using var disk = SmallDisk.Mount(Path.Combine(Folder, "small"), megabytes: 8);
        disk.MakeReadOnly();

        var ran = await new Program(Path.Combine(disk.Path, "home"), Library, Sandbox.Api).RunAsync("get", "4201", "--json");

        Assert.NotEqual(0, ran.ExitCode);
        Assert.Contains("--home", ran.ErrorJson.GetProperty("hint").GetString());
    }

    [Theory]
    [InlineData("search x --token=marker-5f1c-and-more-than-sixty-letters-of-it-so-that-it-is-shown-cut")]
    [InlineData("search x --token=marker-5f1c")]
    [InlineData("search x --token marker-5f1c")]
    [InlineData("search x --anything:marker-5f1c")]
    [InlineData("info 4201 --api-key=marker-5f1c")]
    [InlineData("info 4201 --api-key marker-5f1c")]
    [InlineData("whoami --token=marker-5f1c")]
    [InlineData("whoami --password marker-5f1c")]
    [InlineData("whoami https://civitai.com/models/1?token=marker-5f1c")]
    [InlineData("--token=marker-5f1c get 4201")]
    [InlineData("get 4201 --endpoint https://me:marker-5f1c@civitai.com")]
    [InlineData("get 4201 --endpoint ftp://me:marker-5f1c@civitai.com")]
    [InlineData("get 4201 --endpoint http://me:marker-5f1c@[nonsense")]
    public async Task What_may_be_a_credential_is_never_repeated(string line)
    {
        var text = await Program.RunAsync(line.Split(' '));
        var json = await Program.RunAsync([.. line.Split(' '), "--json"]);

        Assert.Equal((2, 2), (text.ExitCode, json.ExitCode));
        Assert.DoesNotContain("marker", text.Output + text.Error + json.Output + json.Error);
    }

    [Fact]
    public async Task A_key_with_a_line_break_is_named_without_being_shown()
    {
        Program.Variables["CIVITAI_API_KEY"] = "secret\nInjected: header";

        var ran = await Program.RunAsync("search", "--json");

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("CIVITAI_API_KEY", ran.Error);
        Assert.DoesNotContain("secret", ran.Error);
    }
}
