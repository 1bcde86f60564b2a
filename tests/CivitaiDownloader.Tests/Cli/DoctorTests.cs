using System.Text.Json;
using CivitaiDownloader.Cli.Doctor;
using CivitaiDownloader.Cli.Doctor.Checks;
using CivitaiDownloader.Sandbox;
using CivitaiDownloader.Sandbox.Faults;
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
        foreach (var name in new[] { "program", "terminal", "settings", "database", "library", "space", "proxy", "endpoint", "tls", "clock", "key", "api" }) Assert.Matches($@"(?m)^(ok|warning|skipped) +{name} ", ran.Output);
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

    [Fact]
    public async Task A_mistake_in_config_is_a_problem_and_the_rest_is_told_all_the_same()
    {
        Directory.CreateDirectory(Home);
        await File.WriteAllTextAsync(Path.Combine(Home, "config.json"), "{ \"Library\": 5 }", TestContext.Current.CancellationToken);

        var ran = await Program.RunAsync("doctor", "--json");

        Assert.Equal((2, "problem", "ok"), (ran.ExitCode, Status(ran, "settings"), Status(ran, "program")));
        Assert.Contains("config.json", Message(ran, "settings"));
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

    private static string? Status(Ran ran, string name) => Check(ran, name).GetProperty("status").GetString();

    private static string Message(Ran ran, string name) => Check(ran, name).GetProperty("message").GetString()!;

    private static JsonElement Check(Ran ran, string name) => ran.Json.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == name);
}
