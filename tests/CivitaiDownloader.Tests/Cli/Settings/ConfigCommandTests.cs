using System.Runtime.Versioning;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Settings;

public sealed class ConfigCommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Program _program;

    public ConfigCommandTests()
    {
        _program = new(_folder["home"], _folder["library"]);
        _program.Variables["CIVITAI_DL_LIBRARY"] = "";
    }

    private string Config => Path.Combine(_folder["home"], "config.json");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_is_set_is_in_the_file_and_counts()
    {
        var set = await _program.RunAsync("config", "set", "http:maxattempts", "3");
        var got = await _program.RunAsync("config", "get", "Http:MaxAttempts");
        var listed = await _program.RunAsync("config", "list");

        Assert.Equal((0, "", $"Http:MaxAttempts is now 3, in {Config}.\n"), (set.ExitCode, set.Output, set.Error));
        Assert.Equal("3\n", got.Output);
        Assert.Contains($"Http:MaxAttempts  3  from {Config} (default 5)\n", listed.Output);
        Assert.Contains("Http:CacheLifetime  00:15:00\n", listed.Output);
        Assert.Equal("{\n  \"Http\": {\n    \"MaxAttempts\": 3\n  }\n}\n", await TextAsync());
    }

    [Fact]
    public async Task Comments_stay_when_a_setting_is_changed_and_taken_out()
    {
        await WriteAsync("{\n  // my models\n  \"Library\": {\n    \"Root\": \"/models\", // on the NAS\n    \"WriteInfo\": false,\n  },\n}\n");

        var set = await _program.RunAsync("config", "set", "Library:Root", "/more \"models\"", "--json");
        var unset = await _program.RunAsync("config", "unset", "Library:WriteInfo", "--json");

        Assert.Equal(("/models", "/more \"models\""), (Text(set, "before"), Text(set, "after")));
        Assert.Equal(("false", null), (Text(unset, "before"), Text(unset, "after")));
        Assert.Equal("{\n  // my models\n  \"Library\": {\n    \"Root\": \"/more \\\"models\\\"\", // on the NAS\n  },\n}\n", await TextAsync());
    }

    [Theory]
    [InlineData("set Http:MaxAttempts 0", "Http:MaxAttempts cannot be '0'", "from 1 to 20")]
    [InlineData("set Transfer:StallTimeout 30", "'30'", "00:00:01 to 00:10:00")]
    [InlineData("set Library:Template {type}/{nonsense}", "{nonsense}", "{modelName}")]
    [InlineData("set Http:Endpoint http://example.org/", "Http:Endpoint", "https")]
    [InlineData("set Transfer:RetryBaseDelay 00:00:45", "Transfer:RetryMaxDelay", "must not be shorter")]
    [InlineData("set Http:CertificateAuthority /no/such/file.pem", "/no/such/file.pem", "Http:CertificateAuthority")]
    [InlineData("set Http:MaxAttemps 3", "'Http:MaxAttemps'", "Did you mean Http:MaxAttempts?")]
    [InlineData("get Nonsense:Nonsense", "'Nonsense:Nonsense'", "Sections are Http")]
    [InlineData("unset Libary:Root", "'Libary:Root'", "Library:Root")]
    public async Task A_mistake_is_refused_before_anything_is_written(string line, string message, string more)
    {
        const string before = "{ \"Http\": { \"MaxConnectionsPerHost\": 4 } } // mine\n";
        await WriteAsync(before);

        var ran = await _program.RunAsync(["config", .. line.Split(' '), "--json"]);

        Assert.Equal(2, ran.ExitCode);
        var said = ran.ErrorJson.GetProperty("message").GetString() + " " + ran.ErrorJson.GetProperty("hint").GetString();
        Assert.Contains(message, said);
        Assert.Contains(more, said);
        Assert.Equal(before, await TextAsync());
        Assert.Single(Directory.EnumerateFileSystemEntries(_folder["home"]), path => !path.EndsWith(".lock", StringComparison.Ordinal)); // whose turn it is to write
    }

    [Fact]
    public async Task A_bad_value_in_the_file_is_shown_and_can_be_mended()
    {
        await WriteAsync("{ \"Http\": { \"MaxAttempts\": 0 }, \"Transfer\": { \"StallTimeout\": \"soon\" } }");

        var listed = await _program.RunAsync("config", "list");
        var set = await _program.RunAsync("config", "set", "Http:MaxAttempts", "4");
        var unset = await _program.RunAsync("config", "unset", "Transfer:StallTimeout");

        Assert.Contains("not allowed: allowed is a whole number from 1 to 20.", listed.Output);
        Assert.Equal((0, 0), (set.ExitCode, unset.ExitCode));
        Assert.Equal("{ \"Http\": { \"MaxAttempts\": 4 }, \"Transfer\": {  } }", await TextAsync());
    }

    [Theory]
    [InlineData("{ \"Http\": { \"MaxAttempts\": 0 } }", "Http:MaxAttempts", "0", "from 1 to 20")]
    [InlineData("{ \"Http\": { \"Endpoint\": \"https://civitai.com/api/v1\" } }", "Http:Endpoint", "https://civitai.com/api/v1", "without a path")]
    [InlineData("{ \"Library\": { \"Template\": \"{nonsense}\" } }", "Library:Template", "{nonsense}", "{modelName}")]
    [InlineData("{ \"Transfer\": { \"RetryBaseDelay\": \"00:00:45\" } }", "Transfer:RetryBaseDelay", "00:00:45", "must not be shorter")]
    public async Task A_bad_value_is_printed_and_ends_as_everywhere_else_and_no_other_does(string config, string key, string value, string words)
    {
        await WriteAsync(config);

        var text = await _program.RunAsync("config", "get", key);
        var json = await _program.RunAsync("config", "get", key, "--json");
        var other = await _program.RunAsync("config", "get", "Library:WriteInfo");

        Assert.Equal((2, value + "\n"), (text.ExitCode, text.Output));
        Assert.Equal((2, value), (json.ExitCode, Text(json, "value")));
        Assert.Contains(words, json.Error);
        Assert.Equal((0, "true\n", ""), (other.ExitCode, other.Output, other.Error));
    }

    [Theory]
    [InlineData("https://me:marker-77@civitai.com/", "https://[redacted]@civitai.com/")]
    [InlineData("https://civitai.com/?token=marker-77", "https://civitai.com/?[redacted]")]
    [InlineData("me:marker-77@civitai.com", "[redacted]@civitai.com")]
    public async Task A_password_in_an_address_is_not_printed(string value, string shown)
    {
        await WriteAsync($"{{ \"Http\": {{ \"Endpoint\": \"{value}\" }} }}");

        Ran[] runs =
        [
            await _program.RunAsync("config", "get", "Http:Endpoint"), await _program.RunAsync("config", "get", "Http:Endpoint", "--json"), await _program.RunAsync("config", "list"),
            await _program.RunAsync("config", "list", "--json"), await _program.RunAsync("search"), await _program.RunAsync("config", "set", "Http:Endpoint", value),
            await _program.RunAsync("config", "set", "Http:MaxAttempts", "3"), await _program.RunAsync("config", "unset", "Http:Endpoint", "--json"),
        ];

        Assert.Equal(shown + "\n", runs[0].Output);
        Assert.Contains($"Http:Endpoint  {shown}  from", runs[2].Output);
        Assert.All(runs, ran => Assert.DoesNotContain("marker", ran.Output + ran.Error));
    }

    [Fact]
    public async Task A_value_that_something_else_overrides_is_told()
    {
        _program.Variables["CIVITAI_DL_HTTP__MAXATTEMPTS"] = "9";

        var set = await _program.RunAsync("config", "set", "Http:MaxAttempts", "3");
        var got = await _program.RunAsync("config", "get", "Http:MaxAttempts", "--json");

        Assert.Contains("CIVITAI_DL_HTTP__MAXATTEMPTS sets Http:MaxAttempts to '9' and comes before the file.", set.Error);
        Assert.Equal(("9", "environment"), (Text(got, "value"), Text(got, "source")));
    }

    [Fact]
    public async Task The_path_is_told_whatever_is_in_the_file()
    {
        await WriteAsync("nonsense");

        var ran = await _program.RunAsync("config", "path");

        Assert.Equal((0, Config + "\n"), (ran.ExitCode, ran.Output));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public async Task A_link_to_the_file_stays_a_link_and_its_permissions_stay()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Links and modes of Unix.");
        Directory.CreateDirectory(_folder["home"]);
        var target = _folder["dotfile.json"];
        await File.WriteAllTextAsync(target, "{}", TestContext.Current.CancellationToken);
        File.SetUnixFileMode(target, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.CreateSymbolicLink(Config, target);

        await _program.RunAsync("config", "set", "Http:MaxAttempts", "3");

        Assert.Equal(target, new FileInfo(Config).LinkTarget);
        Assert.Contains("MaxAttempts", await File.ReadAllTextAsync(target, TestContext.Current.CancellationToken));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(target));
    }

    [Fact]
    public async Task What_the_editor_leaves_is_taken_when_it_is_good_and_kept_aside_when_not()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("The editors here are shell scripts.");
        await WriteAsync("{}\n");

        var good = await EditAsync("printf '{ \"Http\": { \"MaxAttempts\": 7 } }' > \"$2\"", "--json");
        var bad = await EditAsync("printf '{\\n  \"Http\": {\\n    \"MaxAttempts\": 700\\n  }\\n}' > \"$2\"", "--json");
        var broken = await EditAsync("printf '{\\n  \"Http\": 7 7\\n}' > \"$2\"", "--json");
        var kept = await TextAsync();
        var mended = await EditAsync("grep -q '7 7' \"$2\" && printf '{}' > \"$2\"");

        Assert.True(good.Json.GetProperty("changed").GetBoolean(), good.Error);
        Assert.Equal((2, "{ \"Http\": { \"MaxAttempts\": 7 } }"), (bad.ExitCode, kept));
        Assert.Contains("line 3, column 20", bad.ErrorJson.GetProperty("message").GetString());
        Assert.Contains("line 2, column 13", broken.ErrorJson.GetProperty("message").GetString());
        Assert.Contains("config.draft.json", broken.ErrorJson.GetProperty("hint").GetString());
        Assert.Equal((0, "{}"), (mended.ExitCode, await TextAsync()));
        Assert.Single(Directory.EnumerateFiles(_folder["home"]));
    }

    [Fact]
    public async Task An_editor_that_fails_or_is_not_there_changes_nothing()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("The editors here are shell scripts.");
        await WriteAsync("{}\n");
        _program.Variables["VISUAL"] = "/no/such/editor --wait";
        var missing = await _program.RunAsync("config", "edit", "--json");

        var failing = await EditAsync("printf nonsense > \"$2\"; exit 3", "--json");

        Assert.Equal("editor-failed", missing.ErrorJson.GetProperty("code").GetString());
        Assert.Contains("code 3", failing.ErrorJson.GetProperty("message").GetString());
        Assert.Equal("{}\n", await TextAsync());
    }

    // The editor gets an argument of its own and a path with a blank: neither goes through a shell.
    private async Task<Ran> EditAsync(string script, params string[] options)
    {
        var editor = _folder["my editor"];
        await File.WriteAllTextAsync(editor, $"#!/bin/sh\n{script}\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(editor, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.UserWrite);
        _program.Variables["VISUAL"] = $"\"{editor}\" --wait";
        return await _program.RunAsync(["config", "edit", .. options]);
    }

    private async Task WriteAsync(string text)
    {
        Directory.CreateDirectory(_folder["home"]);
        await File.WriteAllTextAsync(Config, text, TestContext.Current.CancellationToken);
    }

    private Task<string> TextAsync() => File.ReadAllTextAsync(Config, TestContext.Current.CancellationToken);

    private static string? Text(Ran ran, string name) => ran.Json.GetProperty(name).GetString();
}
