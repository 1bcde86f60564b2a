using System.Text.Json;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

/// <summary>What <c>scan --sarif</c> prints, against what SARIF 2.1.0 (OASIS Standard, section 3) demands of each object it has.</summary>
public sealed class ScanSarifTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Program _program;

    public ScanSarifTests()
    {
        Directory.CreateDirectory(_folder["models"]);
        _program = new(_folder["home"], _folder["library"], new("http://127.0.0.1:1/")) { WorkingFolder = _folder.Path };
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_object_has_what_the_standard_demands_and_nothing_else()
    {
        File.WriteAllBytes(_folder["models/odd one#1 桜%.bin"], [0xFF, 0x00, 0xFE]);
        File.WriteAllBytes(_folder["models/empty.safetensors"], []);

        var ran = await _program.RunAsync("scan", "models", "models/nothing.pt", "--sarif");

        Assert.Equal(3, ran.ExitCode);
        var log = ran.Json;
        Assert.Equal("2.1.0", log.GetProperty("version").GetString());
        var run = Assert.Single(log.GetProperty("runs").EnumerateArray());
        Only(log, "$schema", "version", "runs");
        Only(run, "tool", "invocations", "artifacts", "results");
        var driver = run.GetProperty("tool").GetProperty("driver");
        Assert.Equal("civitai-dl", driver.GetProperty("name").GetString());
        var rules = driver.GetProperty("rules").EnumerateArray().ToArray();
        foreach (var rule in rules)
        {
            Only(rule, "id", "shortDescription", "fullDescription", "help", "defaultConfiguration");
            Level(rule.GetProperty("defaultConfiguration").GetProperty("level"));
            foreach (var text in new[] { "shortDescription", "fullDescription", "help" }) Assert.NotEmpty(rule.GetProperty(text).GetProperty("text").GetString()!);
        }

        Assert.Equal(rules.Length, rules.Select(rule => rule.GetProperty("id").GetString()).Distinct().Count());
        var results = run.GetProperty("results").EnumerateArray().ToArray();
        Assert.Equal(2, results.Length);
        foreach (var result in results)
        {
            Only(result, "ruleId", "ruleIndex", "level", "rank", "message", "locations");
            Level(result.GetProperty("level"));
            Assert.Equal(result.GetProperty("ruleId").GetString(), rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString());
            Assert.InRange(result.GetProperty("rank").GetDouble(), 0, 100);
            Assert.NotEmpty(result.GetProperty("message").GetProperty("text").GetString()!);
            Place(Assert.Single(result.GetProperty("locations").EnumerateArray()));
        }

        var invocation = Assert.Single(run.GetProperty("invocations").EnumerateArray());
        Assert.False(invocation.GetProperty("executionSuccessful").GetBoolean());
        Assert.Contains("nothing.pt", Assert.Single(invocation.GetProperty("toolExecutionNotifications").EnumerateArray()).GetProperty("message").GetProperty("text").GetString());
    }

    [Fact]
    public async Task Paths_are_escaped_and_relative_below_the_working_folder_only()
    {
        File.WriteAllBytes(_folder["models/odd one#1 桜%.bin"], [0xFF, 0x00, 0xFE]);

        var below = await UriAsync();
        _program.WorkingFolder = Directory.CreateDirectory(_folder["elsewhere"]).FullName;
        var outside = await UriAsync();

        Assert.Equal("models/odd%20one%231%20%E6%A1%9C%25.bin", below);
        Assert.Equal(_folder["models/odd one#1 桜%.bin"], new Uri(outside).LocalPath);

        async Task<string> UriAsync() => (await _program.RunAsync("scan", _folder["models"], "--sarif")).Json.GetProperty("runs")[0].GetProperty("results")[0].GetProperty("locations")[0]
            .GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString()!;
    }

    [Fact]
    public async Task A_clean_folder_is_a_run_without_results()
    {
        File.WriteAllBytes(_folder["models/a.txt"], []);

        var ran = await _program.RunAsync("scan", "models", "--sarif");

        var run = ran.Json.GetProperty("runs")[0];
        Assert.Equal((0, 0), (ran.ExitCode, run.GetProperty("results").GetArrayLength()));
        Assert.True(run.GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean());
    }

    private static void Place(JsonElement location)
    {
        Assert.True(Uri.TryCreate(location.GetProperty("physicalLocation").GetProperty("artifactLocation").GetProperty("uri").GetString(), UriKind.RelativeOrAbsolute, out _));
        var region = location.GetProperty("physicalLocation").GetProperty("region");
        Assert.Equal(1, region.GetProperty("startLine").GetInt32());
        Assert.True(!region.TryGetProperty("byteOffset", out var offset) || offset.GetInt64() >= 0);
    }

    private static void Level(JsonElement level) => Assert.Contains(level.GetString(), new[] { "none", "note", "warning", "error" });

    private static void Only(JsonElement element, params string[] names) => Assert.Equal(names, element.EnumerateObject().Select(property => property.Name));
}
