using System.Text.Json;
using CivitaiDownloader.Cli.Doctor;
using CivitaiDownloader.Cli.Doctor.Checks;
using CivitaiDownloader.Sandbox;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Tests.Http;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

public sealed class DoctorTests : SandboxFixture
{
    [Fact]
    public async Task Where_all_is_well_it_says_so_and_leaves_nothing_behind()
    {
        var ran = await Program.RunAsync("doctor");

        Assert.Equal(0, ran.ExitCode);
        Assert.DoesNotContain("problem", ran.Output);
        foreach (var name in new[] { "program", "terminal", "settings", "database", "library", "space", "proxy", "endpoint", "tls", "clock", "key", "api", "antivirus" }) Assert.Matches($@"(?m)^(ok|warning|skipped) +{name} ", ran.Output);
        Assert.False(Directory.Exists(Library));
    }

    [Theory]
    [InlineData("region@api", 4, "does not serve this region")]
    [InlineData("challenge@api", 6, "web page (status 403)")]
    [InlineData("api-page@api", 6, "web page (status 200)")]
    [InlineData("status@api=503", 6, "answered 503")]
    [InlineData("refuse@api", 6, "cannot be reached")]
    public async Task An_endpoint_that_gives_no_data_is_a_problem_with_its_kind(string fault, int exitCode, string words)
    {
        Sandbox.Faults.Add(FaultText.Parse(fault));

        var ran = await Program.RunAsync("doctor", "--json");

        Assert.Equal(exitCode, ran.ExitCode);
        Assert.Equal("problem", Status(ran, "endpoint"));
        Assert.Contains(words, Message(ran, "endpoint"));
    }

    [Fact]
    public async Task A_good_key_is_told_from_a_bad_one_and_neither_is_shown()
    {
        Program.Variables["CIVITAI_API_KEY"] = SandboxOptions.DefaultKey;
        var good = await Program.RunAsync("doctor", "--json");
        Program.Variables["CIVITAI_API_KEY"] = "revoked-key-4711";
        var bad = await Program.RunAsync("doctor", "--json", "--verbose");

        Assert.Equal((0, "ok"), (good.ExitCode, Status(good, "key")));
        Assert.Equal((4, "problem"), (bad.ExitCode, Status(bad, "key")));
        Assert.DoesNotContain(SandboxOptions.DefaultKey, good.Output + good.Error);
        Assert.DoesNotContain("revoked-key-4711", bad.Output + bad.Error);
    }

    [Fact]
    public async Task A_proxy_is_named_without_its_password()
    {
        var program = new Program(Home, Library, new("https://civitai.com/"));
        program.Variables["HTTPS_PROXY"] = "http://person:hunter2@127.0.0.1:1/"; // nobody listens there

        var ran = await program.RunAsync("doctor", "--json", "--verbose");

        Assert.NotEqual(0, ran.ExitCode);
        Assert.Contains("http://127.0.0.1:1", Message(ran, "proxy"));
        Assert.DoesNotContain("hunter2", ran.Output + ran.Error);
        Assert.DoesNotContain("person", ran.Output + ran.Error);
        Assert.Equal(("problem", "skipped", "skipped"), (Status(ran, "endpoint"), Status(ran, "tls"), Status(ran, "clock")));
    }

    [Fact]
    public async Task Over_HTTPS_the_issuer_of_the_certificate_is_named_and_an_untrusted_one_is_a_problem()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("Elsewhere trust is in the system's store, which a test must not change.");
        await using var sandbox = await SandboxHost.StartAsync(new() { Models = 3, Https = true }, TestContext.Current.CancellationToken);
        await sandbox.SaveCertificateAsync(Path.Combine(Folder, "trust.pem"), TestContext.Current.CancellationToken);
        var program = new Program(Home, Library, sandbox.Api);

        var untrusted = await program.RunAsync("doctor", "--json");
        program.Variables["SSL_CERT_FILE"] = Path.Combine(Folder, "trust.pem");
        var trusted = await program.RunAsync("doctor", "--json");

        Assert.Equal((6, "problem"), (untrusted.ExitCode, Status(untrusted, "tls")));
        Assert.Equal((0, "ok"), (trusted.ExitCode, Status(trusted, "tls")));
        Assert.Contains(sandbox.Certificate!.Issuer, Message(trusted, "tls"));
        Assert.Contains("Tls1", Message(trusted, "tls"));
    }

    [Theory]
    [InlineData("{ \"Library\": 5 }", "config.json")]
    [InlineData("{ nonsense", "line 1, column 3")]
    [InlineData("{ \"Libary\": {} }", "'Libary'")]
    [InlineData("{ \"Http\": { \"MaxAttempts\": 0 }, \"Transfer\": { \"StallTimeout\": \"soon\" } }", "Transfer:StallTimeout cannot be 'soon'")]
    [InlineData("{ \"Library\": { \"Template\": \"{nonsense}\" } }", "{nonsense}")]
    [InlineData("{ \"Transfer\": { \"RetryBaseDelay\": \"00:00:45\" } }", "must not be shorter")]
    [InlineData("{ \"Http\": { \"CertificateAuthority\": \"/no/such/file.pem\" } }", "/no/such/file.pem")]
    public async Task A_mistake_in_config_is_a_problem_of_the_settings_alone(string config, string words)
    {
        await ConfigureAsync(config);

        var ran = await Program.RunAsync("doctor", "--json");

        Assert.Equal((2, "problem"), (ran.ExitCode, Status(ran, "settings")));
        Assert.Contains(words, Message(ran, "settings"));
        AssertLookedAt(ran, except: "settings");
    }

    [Fact]
    public async Task What_of_config_can_be_read_is_used_though_the_rest_is_a_mistake()
    {
        var other = Path.Combine(Folder, "other-library");
        await ConfigureAsync($"{{ \"Nonsense\": {{ \"A\": 1 }}, \"Http\": {{ \"MaxAttempts\": 0, \"Endpoint\": \"https://nas.example.org/path\" }}, \"Library\": {{ \"Root\": \"{other}\" }} }}");
        var program = new Program(Home, "");

        var ran = await program.RunAsync("doctor", "--json", "--offline");

        Assert.Contains(other, Message(ran, "library"));
        foreach (var words in new[] { "Nonsense:A", "Http:MaxAttempts", "nas.example.org" }) Assert.Contains(words, Message(ran, "settings"));
    }

    [Fact]
    public async Task A_key_goes_nowhere_while_a_mistake_may_hide_the_site_it_is_for()
    {
        await ConfigureAsync("{ \"Htp\": { \"Endpoint\": \"https://nas.example.org\" } }");
        Program.Variables["CIVITAI_API_KEY"] = SandboxOptions.DefaultKey;

        var ran = await Program.RunAsync("doctor", "--json");

        Assert.Equal("skipped", Status(ran, "key"));
        Assert.All(Sandbox.Ledger.Requests, request => Assert.DoesNotContain("/me", request.Path, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("secret\nInjected: header", null, 2)]
    [InlineData("", "marker-key", 1)]
    [InlineData("", "{ \"version\": 99 }", 1)]
    public async Task A_key_that_cannot_be_read_is_a_problem_of_the_key_alone(string variable, string? file, int exitCode)
    {
        Directory.CreateDirectory(Home);
        if (file is not null) await File.WriteAllTextAsync(Path.Combine(Home, "key.json"), file, TestContext.Current.CancellationToken);
        Program.Variables["CIVITAI_API_KEY"] = variable;

        var ran = await Program.RunAsync("doctor", "--json");

        Assert.Equal((exitCode, "problem"), (ran.ExitCode, Status(ran, "key")));
        Assert.DoesNotMatch("secret|marker", ran.Output + ran.Error);
        AssertLookedAt(ran, except: "key");
    }

    [Fact]
    public async Task A_proxy_variable_that_is_none_is_a_problem_of_the_proxy_alone()
    {
        Program.Variables["HTTPS_PROXY"] = "::nonsense";

        var ran = await Program.RunAsync("doctor", "--json");

        Assert.Equal((2, "problem"), (ran.ExitCode, Status(ran, "proxy")));
        AssertLookedAt(ran, except: "proxy");
    }

    [Fact]
    public async Task Without_a_key_it_says_how_to_get_one() => Assert.Contains("civitai-dl login", Check(await Program.RunAsync("doctor", "--json"), "key").GetProperty("hint").GetString());

    [Fact]
    public async Task An_authority_of_ones_own_is_used_and_its_certificate_is_named()
    {
        await using var sandbox = await SandboxHost.StartAsync(new() { Models = 3, Https = true }, TestContext.Current.CancellationToken);
        await sandbox.SaveCertificateAsync(Path.Combine(Folder, "authority.pem"), TestContext.Current.CancellationToken);
        var program = new Program(Home, Library, sandbox.Api);

        var without = await program.RunAsync("doctor", "--json");
        var with = await program.RunAsync("doctor", "--json", "--http-certificate-authority", Path.Combine(Folder, "authority.pem"));

        Assert.Equal((6, "problem", "problem"), (without.ExitCode, Status(without, "tls"), Status(without, "endpoint")));
        Assert.Equal((0, "ok", "ok", "ok"), (with.ExitCode, Status(with, "settings"), Status(with, "tls"), Status(with, "endpoint")));
        Assert.Contains(sandbox.Certificate!.Issuer, Message(with, "tls"));
    }

    [Fact]
    public async Task What_the_API_has_added_is_told_with_how_often_it_was_seen()
    {
        await using var host = await LocalHost.StartAsync(context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("""{"id":1,"name":"x","type":"HoloProjector","colour":"red","modelVersions":[{"id":2,"name":"v","shape":1,"files":[]}]}""");
        });
        var program = new Program(Home, Library, host.Address);
        var before = await program.RunAsync("doctor", "--json");
        for (var i = 0; i < 2; i++) await program.RunAsync("info", "model:1", "--no-cache");

        var ran = await program.RunAsync("doctor", "--json");

        Assert.Equal("Nothing that this program does not know", Message(before, "api"));
        Assert.Equal("ok", Status(ran, "api"));
        Assert.Matches(@"^\d fields or values are new since this program was made: ", Message(ran, "api")); // other endpoints are given the same answer
        foreach (var entry in new[] { "field colour of models/:id (2×, last ", "field modelVersions[].shape of models/:id (2×, last ", "value type=HoloProjector of models/:id (2×, last " }) Assert.Contains(entry, Message(ran, "api"));
    }

    [Fact]
    public async Task A_database_that_is_none_is_a_problem_and_the_network_is_looked_at_all_the_same()
    {
        Directory.CreateDirectory(Home);
        var path = Path.Combine(Home, "civitai-dl.db");
        await File.WriteAllTextAsync(path, "this is a diary, not a database, and it is long enough to be read as a header", TestContext.Current.CancellationToken);

        var ran = await Program.RunAsync("doctor", "--json");

        Assert.Equal((1, "problem", "ok"), (ran.ExitCode, Status(ran, "database"), Status(ran, "endpoint")));
        Assert.StartsWith("this is a diary", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_read_only_and_nearly_full_library_is_a_problem()
    {
        using var disk = SmallDisk.Mount(Path.Combine(Folder, "small"), megabytes: 8);
        var program = new Program(Home, disk.Path, Sandbox.Api);

        var full = await program.RunAsync("doctor", "--json");
        disk.MakeReadOnly();
        var closed = await program.RunAsync("doctor", "--json");

        Assert.Equal((9, "ok", "problem"), (full.ExitCode, Status(full, "library"), Status(full, "space")));
        Assert.Equal((1, "problem"), (closed.ExitCode, Status(closed, "library"))); // two kinds of problems: 1
        Assert.Empty(Directory.EnumerateFileSystemEntries(disk.Path));
    }

    [Theory]
    [InlineData(0, "Ok")]
    [InlineData(59, "Ok")]
    [InlineData(-59, "Ok")]
    [InlineData(61, "Warning")]
    [InlineData(-7200, "Warning")]
    public void A_clock_more_than_a_minute_off_is_a_warning(int seconds, string status)
    {
        var result = ClockCheck.Compare(TimeSpan.FromSeconds(seconds));

        Assert.Equal(status, result.Status.ToString());
        if (result.Status == CheckStatus.Warning) Assert.Contains(seconds > 0 ? "ahead of" : "behind", result.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(6, 6)]
    [InlineData(6, 6, 6)]
    [InlineData(1, 6, 4)]
    public void Problems_of_one_kind_end_with_its_code_and_others_with_one(int expected, params int[] problems) =>
        Assert.Equal(expected, DoctorRun.ExitCodeOf(problems.Select(code => new CheckResult(CheckStatus.Problem, "") { ExitCode = code }).Append(CheckResult.Ok(""))));

    private async Task ConfigureAsync(string config)
    {
        Directory.CreateDirectory(Home);
        await File.WriteAllTextAsync(Path.Combine(Home, "config.json"), config, TestContext.Current.CancellationToken);
    }

    // As on a machine where all is well: http to this machine, no key.
    private static void AssertLookedAt(Ran ran, string except)
    {
        foreach (var name in new[] { "program", "terminal", "settings", "database", "library", "space", "proxy", "endpoint", "clock", "api" }.Where(name => name != except))
            Assert.True(Status(ran, name) is "ok" or "warning", $"{name}: {Status(ran, name)}, {Message(ran, name)}");
    }

    private static string? Status(Ran ran, string name) => Check(ran, name).GetProperty("status").GetString();

    private static string Message(Ran ran, string name) => Check(ran, name).GetProperty("message").GetString()!;

    private static JsonElement Check(Ran ran, string name) => ran.Json.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == name);
}
