using System.Text.Json;
using CivitaiDownloader.Sandbox.Faults;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

/// <summary>Without a network, and with <c>--offline</c>, the program shows what it has and says how old it is.</summary>
public sealed class OfflineTests : SandboxFixture
{
    [Theory]
    [InlineData("search", "ink")]
    [InlineData("info", "4202")]
    public async Task Offline_shows_what_was_fetched_before_with_its_age(params string[] command)
    {
        var online = await Program.RunAsync(command);
        var asked = Sandbox.Ledger.Requests.Count;

        var offline = await Program.RunAsync([.. command, "--offline"]);

        Assert.Equal((0, online.Output), (offline.ExitCode, offline.Output));
        Assert.Contains("Shown from the cache of a moment ago (offline).", offline.Error);
        Assert.Equal(asked, Sandbox.Ledger.Requests.Count);
    }

    [Theory]
    [InlineData("search", "ink")]
    [InlineData("info", "4202")]
    public async Task The_age_is_said_to_the_quiet_too_and_nothing_else(params string[] command)
    {
        await Program.RunAsync(command);

        var ran = await Program.RunAsync([.. command, "--offline", "--quiet"]);

        Assert.Equal((0, "Shown from the cache of a moment ago (offline).\n"), (ran.ExitCode, ran.Error));
        Assert.NotEmpty(ran.Output);
    }

    [Fact]
    public async Task Offline_what_was_never_fetched_is_an_error_that_says_so()
    {
        var ran = await Program.RunAsync("info", "4202", "--offline", "--json");

        Assert.Equal((6, "not-in-cache"), (ran.ExitCode, ran.ErrorJson.GetProperty("code").GetString()));
        Assert.Contains("--offline", ran.ErrorJson.GetProperty("hint").GetString());
        Assert.Empty(Sandbox.Ledger.Requests);
    }

    [Fact]
    public async Task Offline_nothing_is_downloaded_and_what_is_there_is_found()
    {
        await Program.RunAsync("get", "4201");
        await Program.RunAsync("info", "4202");
        var asked = Sandbox.Ledger.Requests.Count;

        var there = await Program.RunAsync("get", "4201", "--offline", "--json");
        var plan = await Program.RunAsync("get", "4202", "--offline", "--dry-run");
        var missing = await Program.RunAsync("get", "4202", "--offline", "--json");

        Assert.Equal((0, "present"), (there.ExitCode, there.Json.GetProperty("files")[0].GetProperty("status").GetString()));
        Assert.Equal(0, plan.ExitCode);
        Assert.Equal((6, "offline"), (missing.ExitCode, missing.Json.GetProperty("files")[0].GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal(asked, Sandbox.Ledger.Requests.Count);
    }

    [Fact]
    public async Task When_the_network_is_gone_the_cache_stands_in_and_programs_are_told()
    {
        Program.Variables["CIVITAI_DL_HTTP__CACHELIFETIME"] = "00:00:00.001";
        Program.Variables["CIVITAI_DL_HTTP__MAXATTEMPTS"] = "1";
        var before = await Program.RunAsync("info", "4202", "--json");
        Sandbox.Faults.Add(FaultText.Parse("refuse@api"));

        var text = await Program.RunAsync("info", "4202");
        var json = await Program.RunAsync("info", "4202", "--json");
        var anew = await Program.RunAsync("info", "4202", "--no-cache");

        Assert.Contains("Shown from the cache of a moment ago: 127.0.0.1 cannot be reached", text.Error);
        Assert.Equal((0, before.Output), (json.ExitCode, json.Output));
        using var notice = JsonDocument.Parse(json.Error);
        Assert.Equal(["code", "message", "fetchedAt", "cause"], notice.RootElement.GetProperty("notice").EnumerateObject().Select(property => property.Name));
        Assert.Equal("unreachable", notice.RootElement.GetProperty("notice").GetProperty("cause").GetString());
        Assert.Equal(6, anew.ExitCode);
    }

    [Fact]
    public async Task Asking_anew_and_asking_nobody_exclude_each_other()
    {
        var ran = await Program.RunAsync("info", "4202", "--offline", "--no-cache");

        Assert.Equal(2, ran.ExitCode);
    }
}
