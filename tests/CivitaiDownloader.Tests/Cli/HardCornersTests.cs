using CivitaiDownloader.Http;
using CivitaiDownloader.Sandbox;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

/// <summary>Several processes at once, outputs that refuse, and surroundings that are not what they should be.</summary>
public sealed class HardCornersTests : SandboxFixture
{
    private protected override int Models => 0;

    [Fact]
    public async Task Settings_changed_by_several_processes_at_once_are_all_kept()
    {
        string[][] changes = [["Http:MaxAttempts", "3"], ["Http:ConnectTimeout", "00:00:09"], ["Http:MaxConnectionsPerHost", "7"], ["Transfer:MaxFruitlessAttempts", "5"], ["Library:WriteInfo", "false"], ["Library:WritePreview", "false"]];

        var ran = await Task.WhenAll(changes.Select(change => Program.RunAsync(["config", "set", .. change])));

        Assert.All(ran, one => Assert.Equal(0, one.ExitCode));
        foreach (var change in changes) Assert.Equal(change[1], (await Program.RunAsync("config", "get", change[0])).Output.Trim());
    }

    [Fact]
    public async Task Keys_stored_by_several_processes_at_once_are_all_kept()
    {
        var program = new Program(Home, Library) { Input = "sandbox-key\n" };

        await Task.WhenAll(Enumerable.Range(1, 5).Select(host => program.RunAsync("login", "--no-check", "--endpoint", $"http://10.0.0.{host}")));

        Assert.Equal(5, new KeyStore(Home).Sites().Count);
    }

    [Theory]
    [InlineData("--version", 9)]
    [InlineData("search --help", 9)]
    [InlineData("search ink", 9)]
    [InlineData("search ink --json", 9)]
    [InlineData("config list", 9)]
    public async Task An_output_on_a_full_disk_is_told_as_that(string line, int exit)
    {
        if (!File.Exists("/dev/full")) Assert.Skip("There is no /dev/full here.");

        var ran = await Program.RunFileAsync("/bin/sh", "-c", $"exec '{Program.Executable}' {line} >/dev/full");

        Assert.Equal(exit, ran.ExitCode);
        Assert.Contains("tandard output cannot be written", ran.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("mistake in civitai-dl", ran.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_said_about_the_work_may_be_lost_and_the_work_goes_on()
    {
        if (!File.Exists("/dev/full")) Assert.Skip("There is no /dev/full here.");

        var ran = await Program.RunFileAsync("/bin/sh", "-c", $"exec '{Program.Executable}' get 4201 2>/dev/full");

        Assert.Equal(0, ran.ExitCode);
        Assert.True(File.Exists(ran.Output.Trim()));
    }

    [Theory]
    [InlineData("nonsense://x")]
    [InlineData("http://")]
    [InlineData("http://127.0.0.1:99999")]
    public async Task A_proxy_that_is_none_is_refused_instead_of_passed_over(string value)
    {
        Program.Variables["HTTPS_PROXY"] = value;

        var ran = await Program.RunAsync("search", "ink", "--json");

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("HTTPS_PROXY", ran.ErrorJson.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("https://civitai.com/", "*", true)]
    [InlineData("https://image.civitai.com/", "civitai.com", true)]
    [InlineData("https://image.civitai.com/", " example.org, .civitai.com", true)]
    [InlineData("https://civitai.com/", "civitai.com:443", true)]
    [InlineData("https://civitai.com/", "civitai.com:8080", false)]
    [InlineData("https://notcivitai.com/", "civitai.com", false)]
    [InlineData("https://[2001:db8::1]/", "[2001:db8::1]", true)]
    [InlineData("https://civitai.com/", "", false)]
    public void NO_PROXY_is_read_as_other_programs_read_it(string address, string list, bool isExempt) => Assert.Equal(isExempt, ProxyRoute.IsExempt(new(address), list));

    [Fact]
    public async Task Offline_no_key_is_called_good()
    {
        Program.Input = SandboxOptions.DefaultKey + "\n";

        var login = await Program.RunAsync("login", "--offline", "--json");
        var doctor = await Program.RunAsync("doctor", "--offline", "--json");

        Assert.Equal(2, login.ExitCode);
        Assert.Empty(new KeyStore(Home).Sites());
        Assert.Equal("skipped", doctor.Json.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "endpoint").GetProperty("status").GetString());
        Assert.Empty(Sandbox.Ledger.Requests);
    }

    [Theory]
    [InlineData("verify", "A path is empty")]
    [InlineData("identify", "A path is empty")]
    [InlineData("search --type", "--type is empty")]
    [InlineData("search --base-model", "--base-model is empty")]
    [InlineData("search --creator", "--creator is empty")]
    public async Task What_a_script_left_empty_is_refused(string line, string words)
    {
        var ran = await Program.RunAsync([.. line.Split(' '), "", "--json"]);

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains(words, ran.ErrorJson.GetProperty("message").GetString(), StringComparison.Ordinal);
    }
}
