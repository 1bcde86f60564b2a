using System.Security.Cryptography;
using CivitaiDownloader.Sandbox;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Ledger;
using CivitaiDownloader.Sandbox.Samples;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

public sealed class GetTests : SandboxFixture
{
    private const string PlainFolder = "LORA/SDXL 1.0/ana_m/Ink Wash Landscapes - v1.0/";

    [Fact]
    public async Task A_model_is_fetched_verified_and_placed_with_its_companions()
    {
        var ran = await Program.RunAsync("get", "4201", "--json");

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal([PlainFolder + "inkwash_v1.civitai.info", PlainFolder + "inkwash_v1.preview.png", PlainFolder + "inkwash_v1.safetensors"], Visible());
        var file = ran.Json.GetProperty("files")[0];
        var bytes = await File.ReadAllBytesAsync(file.GetProperty("path").GetString()!, TestContext.Current.CancellationToken);
        Assert.Equal("placed", file.GetProperty("status").GetString());
        Assert.True(file.GetProperty("verified").GetBoolean());
        Assert.Equal("unknown", file.GetProperty("verdict").GetString());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), file.GetProperty("sha256").GetString());
        Assert.Equal((4201, 42010, 420100, bytes.Length), (Int(file, "modelId"), Int(file, "versionId"), Int(file, "fileId"), Int(file, "bytes")));
        Assert.Empty(Staged());
        using var info = System.Text.Json.JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(Library, PlainFolder, "inkwash_v1.civitai.info"), TestContext.Current.CancellationToken));
        Assert.Equal(42010, Int(info.RootElement, "id"));
    }

    [Fact]
    public async Task What_is_there_is_not_fetched_again()
    {
        await Program.RunAsync("get", "4201");
        var served = Sandbox.Ledger.Of(420100).Served;

        var again = await Program.RunAsync("get", "4201", "--json");

        Assert.Equal("present", again.Json.GetProperty("files")[0].GetProperty("status").GetString());
        Assert.Equal(served, Sandbox.Ledger.Of(420100).Served);
    }

    [Fact]
    public async Task A_dry_run_shows_the_plan_and_fetches_nothing()
    {
        var ran = await Program.RunAsync("get", "4202", "--dry-run", "--json");

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal("planned", ran.Json.GetProperty("files")[0].GetProperty("status").GetString());
        Assert.DoesNotContain(Sandbox.Ledger.Requests, request => request.Site == SandboxSite.Storage);
        Assert.Empty(Visible());
    }

    [Theory]
    [InlineData(420202)] // the API's primary
    [InlineData(420201, "--precision", "fp32")]
    [InlineData(420203, "--format", "PickleTensor")]
    [InlineData(420204, "--file", "420204")]
    [InlineData(420205, "--file", "northernLightXL_v10.yaml")]
    [InlineData(420201, "--prefer", "full")]
    public async Task The_file_that_was_asked_for_is_chosen(int expected, params string[] options)
    {
        var ran = await Program.RunAsync(["get", "4202", "--dry-run", "--json", .. options]);

        Assert.Equal(expected, Int(ran.Json.GetProperty("files")[0], "fileId"));
    }

    [Fact]
    public async Task SafeTensor_comes_before_PickleTensor_whatever_the_order()
    {
        var ran = await Program.RunAsync("get", "4204", "--dry-run", "--json");

        Assert.Equal(420401, Int(ran.Json.GetProperty("files")[0], "fileId"));
    }

    [Theory]
    [InlineData("4201@42010")]
    [InlineData("https://civitai.com/models/4201/some-slug?modelVersionId=42010")]
    [InlineData("https://civitai.red/models/4201")]
    [InlineData("civitai.com/models/4201")]
    [InlineData("https://civitai.com/api/download/models/42010?fileId=420100&token=abcdef0123456789")]
    [InlineData("urn:air:sdxl:lora:civitai:4201@42010")]
    public async Task Every_form_of_a_target_leads_to_its_file(string target)
    {
        var ran = await Program.RunAsync("get", target, "--dry-run", "--json");

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal(420100, Int(ran.Json.GetProperty("files")[0], "fileId"));
        Assert.DoesNotContain(Sandbox.Ledger.Requests, request => request.Query.Contains("token", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(SampleIds.WrongBytes, 7, "damaged", "its SHA-256 is")]
    [InlineData(SampleIds.EarlyAccess, 4, "early-access", "is in early access until 20")]
    [InlineData(SampleIds.PaidAccess, 4, "early-access", "with no end date")]
    [InlineData(SampleIds.LoginRequired, 4, "sign-in-required", "only be downloaded when signed in")]
    [InlineData(SampleIds.DownloadsDisabled, 4, "downloads-disabled", "has switched downloads off")]
    [InlineData(SampleIds.Archived, 5, "archived", "is archived")]
    [InlineData(SampleIds.Gone, 5, "not-found", "has no file to give")]
    [InlineData(SampleIds.Private, 4, "sign-in-required", "only be downloaded when signed in")]
    [InlineData(SampleIds.PageForFile, 7, "not-a-file", "in place of 'page-instead.safetensors'")]
    [InlineData(SampleIds.WrongLength, 7, "wrong-length", "announced")]
    public async Task Each_refusal_is_its_own_error_and_leaves_no_file(int model, int exitCode, string code, string words)
    {
        Program.Variables["CIVITAI_DL_TRANSFER__RETRYBASEDELAY"] = "00:00:00.010";

        var ran = await Program.RunAsync("get", $"{model}", "--json");

        Assert.Equal(exitCode, ran.ExitCode);
        Assert.Equal(code, ran.ErrorJson.GetProperty("code").GetString());
        Assert.Contains(words, ran.ErrorJson.GetProperty("message").GetString());
        Assert.Equal(exitCode, Int(ran.ErrorJson, "exitCode"));
        Assert.NotEmpty(ran.ErrorJson.GetProperty("hint").GetString()!);
        Assert.Equal("failed", ran.Json.GetProperty("files")[0].GetProperty("status").GetString());
        Assert.Equal(code, ran.Json.GetProperty("files")[0].GetProperty("error").GetProperty("code").GetString());
        Assert.Empty(Visible());
    }

    [Theory]
    [InlineData("region", 4, "region-blocked")]
    [InlineData("quota", 6, "quota-reached")]
    [InlineData("challenge@api", 6, "page-answer")]
    [InlineData("api-page", 6, "page-answer")]
    [InlineData("status@api=500", 6, "server-failing")]
    [InlineData("status@api=503", 6, "server-failing")]
    [InlineData("status@storage=500", 6, "source-failing")]
    [InlineData("status@storage=429", 6, "source-failing")]
    [InlineData("challenge@storage", 6, "link-refused")]
    [InlineData("status@storage=404", 5, "source-gone")]
    [InlineData("encoded@storage", 7, "not-a-file")]
    public async Task A_failing_host_is_named_for_what_it_does(string fault, int exitCode, string code)
    {
        QuickRetries();
        Sandbox.Faults.Add(FaultText.Parse(fault));

        var ran = await Program.RunAsync("get", "4201", "--json");

        Assert.Equal(code, ran.ErrorJson.GetProperty("code").GetString());
        Assert.Equal(exitCode, ran.ExitCode);
        Assert.Empty(Visible());
    }

    [Fact]
    public async Task With_a_key_what_needs_one_is_fetched_and_a_wrong_key_is_named()
    {
        Program.Variables["CIVITAI_API_KEY"] = SandboxOptions.DefaultKey;
        var right = await Program.RunAsync("get", "4209");
        Program.Variables["CIVITAI_API_KEY"] = "wrong-key-0123456789";
        var wrong = await Program.RunAsync("get", "4213", "--json");

        Assert.Equal(0, right.ExitCode);
        Assert.Equal("key-rejected", wrong.ErrorJson.GetProperty("code").GetString());
        Assert.DoesNotContain("wrong-key", wrong.Output + wrong.Error);
    }

    [Fact]
    public async Task Without_a_grant_the_right_key_is_not_called_wrong()
    {
        Program.Variables["CIVITAI_API_KEY"] = SandboxOptions.DefaultKey;

        var ran = await Program.RunAsync("get", $"{SampleIds.Private}", "--json");

        Assert.Equal((4, "access-refused"), (ran.ExitCode, ran.ErrorJson.GetProperty("code").GetString()));
        Assert.Contains("do not have access", ran.ErrorJson.GetProperty("message").GetString());
        Assert.Empty(Visible());
    }

    [Fact]
    public async Task The_key_goes_to_the_API_only_and_is_written_nowhere()
    {
        const string marker = "marker-key-7f3a9";
        Program.Variables["CIVITAI_API_KEY"] = marker;

        var ran = await Program.RunAsync("get", "4201", "4209", "--verbose");

        Assert.Contains(Sandbox.Ledger.Requests, request => request is { Site: SandboxSite.Api, Authorization: "Bearer " + marker });
        Assert.All(Sandbox.Ledger.Requests.Where(request => request.Site != SandboxSite.Api), request => Assert.True(request is { Authorization: null, Cookie: null }));
        Assert.DoesNotContain(marker, ran.Output + ran.Error);
        Assert.DoesNotContain("X-Amz-Signature=", ran.Output + ran.Error);
        foreach (var file in Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories))
        {
            var text = System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
            Assert.False(text.Contains(marker, StringComparison.Ordinal) || text.Contains("X-Amz-Signature", StringComparison.Ordinal), file);
        }
    }

    [Fact]
    public async Task A_clip_is_no_preview_and_the_picture_after_it_is()
    {
        var ran = await Program.RunAsync("get", $"{SampleIds.Media}");

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains(Visible(), path => path.EndsWith("/moving-pictures.preview.png", StringComparison.Ordinal));
        Assert.DoesNotContain(Sandbox.Ledger.Requests, request => request.Path.EndsWith(".mp4", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Several_targets_go_on_after_one_that_fails()
    {
        var ran = await Program.RunAsync("get", "4207", "4201", "999", "--json");

        Assert.Equal(3, ran.ExitCode);
        Assert.Equal(["failed", "placed", "failed"], ran.Json.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("status").GetString()));
    }

    [Fact]
    public async Task A_file_without_a_hash_is_unverifiable_and_said_to_be()
    {
        var ran = await Program.RunAsync("get", "4216");
        var again = await Program.RunAsync("get", "4216", "--json");

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("unverifiable", ran.Error);
        Assert.DoesNotContain("Placed, verified", ran.Error);
        Assert.False(again.Json.GetProperty("files")[0].GetProperty("verified").GetBoolean());
        Assert.Equal("present", again.Json.GetProperty("files")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_output_folder_gets_the_file_from_the_library_without_fetching_it_again()
    {
        await Program.RunAsync("get", "4201");
        var served = Sandbox.Ledger.Of(420100).Served;
        var there = Path.Combine(Folder, "elsewhere") + "/";

        var ran = await Program.RunAsync("get", "4201", "--output", there);

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal(served, Sandbox.Ledger.Of(420100).Served);
        Assert.Equal(["inkwash_v1.civitai.info", "inkwash_v1.preview.png", "inkwash_v1.safetensors"], Directory.EnumerateFileSystemEntries(there).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Another_library_gets_its_own_copy_without_fetching_and_an_output_name_is_kept()
    {
        await Program.RunAsync("get", "4201");
        var served = Sandbox.Ledger.Of(420100).Served;
        var other = Path.Combine(Folder, "other");

        var copied = await Program.RunAsync("get", "4201", "--library", other, "--json");
        var named = await Program.RunAsync("get", "4201", "--output", Path.Combine(Folder, "named", "mine.safetensors"), "--json");
        var again = await Program.RunAsync("get", "4201", "--output", Path.Combine(Folder, "named", "mine.safetensors"), "--json");

        Assert.Equal(["placed", "placed", "present"], new[] { copied, named, again }.Select(ran => ran.Json.GetProperty("files")[0].GetProperty("status").GetString()));
        Assert.StartsWith(other, copied.Json.GetProperty("files")[0].GetProperty("path").GetString());
        Assert.Equal(Path.Combine(Folder, "named", "mine.safetensors"), named.Json.GetProperty("files")[0].GetProperty("path").GetString());
        Assert.Equal(served, Sandbox.Ledger.Of(420100).Served);
        Assert.Empty(Directory.EnumerateFiles(Folder, "*.part", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_placed_file_that_was_damaged_since_is_not_called_present_and_is_left_alone()
    {
        var first = (await Program.RunAsync("get", "4201", "--json")).Json.GetProperty("files")[0];
        var path = first.GetProperty("path").GetString()!;
        var damaged = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        damaged[^1] ^= 1;
        await File.WriteAllBytesAsync(path, damaged, TestContext.Current.CancellationToken);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(1));

        var again = (await Program.RunAsync("get", "4201", "--json")).Json.GetProperty("files")[0];

        Assert.Equal("placed", again.GetProperty("status").GetString());
        Assert.NotEqual(path, again.GetProperty("path").GetString());
        Assert.Equal(damaged, await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_copy_that_was_killed_half_way_is_made_again_and_not_fetched()
    {
        var first = await Program.RunAsync("get", "4220", "--json");
        var served = Sandbox.Ledger.Of(422000).Served;
        var other = Path.Combine(Folder, "other");
        var staging = Path.Combine(other, ".civitai-dl", "staging");
        Directory.CreateDirectory(staging);
        await File.WriteAllBytesAsync(Path.Combine(staging, $"sha256-{first.Json.GetProperty("files")[0].GetProperty("sha256").GetString()}.part"), new byte[30_000_000], TestContext.Current.CancellationToken);

        var copied = await Program.RunAsync("get", "4220", "--library", other, "--json");

        Assert.Equal("placed", copied.Json.GetProperty("files")[0].GetProperty("status").GetString());
        Assert.Equal(first.Json.GetProperty("files")[0].GetProperty("sha256").GetString(), copied.Json.GetProperty("files")[0].GetProperty("sha256").GetString());
        Assert.Equal(served, Sandbox.Ledger.Of(422000).Served);
    }

    [Fact]
    public async Task Hostile_names_end_inside_the_library_and_harmless_on_the_screen()
    {
        var ran = await Program.RunAsync("get", "4217", "--verbose");
        var info = await Program.RunAsync("info", "4217");
        var search = await Program.RunAsync("search", "evil");

        Assert.Equal(0, ran.ExitCode);
        Assert.All(Visible(), path => Assert.Equal(5, path.Split('/').Length));
        foreach (var text in new[] { ran.Output, ran.Error, info.Output, search.Output })
            Assert.DoesNotContain(text, c => char.IsControl(c) && c is not ('\n' or '\r') || c is '\u202E' or '\u202C');
    }

    [Fact]
    public async Task While_bytes_arrive_nothing_that_looks_like_a_model_is_seen()
    {
        Sandbox.Faults.Add(FaultText.Parse("bandwidth@4220=80000000"));
        var running = Program.RunAsync("get", "4220");
        var seen = new HashSet<string>();
        using (var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(3)))
        {
            while (!running.IsCompleted)
            {
                foreach (var name in Staged()) seen.Add(Path.GetExtension(name));
                foreach (var path in Visible()) seen.Add(Path.GetFileName(path));
                await ticks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            }
        }

        Assert.Equal(0, (await running).ExitCode);
        Assert.Subset(new HashSet<string> { ".part", ".journal", "middleweight-64-mib.safetensors", "middleweight-64-mib.civitai.info", "middleweight-64-mib.preview.png" }, seen);
        Assert.Contains(".part", seen);
        Assert.Equal(64 << 20, new FileInfo(Path.Combine(Library, Visible().Single(path => path.EndsWith(".safetensors", StringComparison.Ordinal)))).Length);
    }

    [Fact]
    public async Task The_template_decides_where_files_go()
    {
        var ran = await Program.RunAsync("get", "4201", "--set", "Library:Template={baseModel}/{modelId}-{fileName}");

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains("SDXL 1.0/4201-inkwash_v1.safetensors", Visible());
    }

    private void QuickRetries()
    {
        foreach (var (name, value) in new[] { ("HTTP__RETRYBASEDELAY", "00:00:00.005"), ("HTTP__RETRYMAXDELAY", "00:00:00.020"), ("TRANSFER__RETRYBASEDELAY", "00:00:00.010"), ("TRANSFER__RETRYMAXDELAY", "00:00:00.050") })
            Program.Variables["CIVITAI_DL_" + name] = value;
    }

    private static int Int(System.Text.Json.JsonElement element, string name) => element.GetProperty(name).GetInt32();
}
