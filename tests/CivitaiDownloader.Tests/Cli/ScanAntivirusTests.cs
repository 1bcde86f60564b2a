using CivitaiDownloader.Scanning.Programs;
using CivitaiDownloader.Tests.Scanning.Antivirus;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

public sealed class ScanAntivirusTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeClamd _clamd = new();
    private readonly Program _program;

    public ScanAntivirusTests()
    {
        Directory.CreateDirectory(_folder["models"]);
        File.WriteAllText(_folder["models/a.json"], "{}");
        _program = new(_folder["home"], _folder["library"], new("http://127.0.0.1:1/")) { WorkingFolder = _folder.Path }; // nobody is asked
        _program.Variables["CIVITAI_DL_SCAN__CLAMD"] = _clamd.Text;
    }

    public async ValueTask DisposeAsync()
    {
        await _clamd.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task What_clamd_knows_is_dangerous_and_its_name_harms_no_terminal()
    {
        _clamd.Answers = _ => "stream: Evil\u001b[2J\u202E FOUND\0";

        var ran = await _program.RunAsync("scan", "models/a.json");
        var json = (await _program.RunAsync("scan", "models", "--json")).Json.GetProperty("files")[0];

        Assert.Equal(8, ran.ExitCode);
        Assert.Contains("antivirus-found", ran.Output);
        Assert.DoesNotMatch("[\u001b\u202E]", ran.Output + ran.Error);
        Assert.Equal(("antivirus-found", "dangerous"), (json.GetProperty("findings")[0].GetProperty("rule").GetString(), json.GetProperty("verdict").GetString()));
    }

    [Theory]
    [InlineData("require", 3, "suspicious")]
    [InlineData("prefer", 0, "clean")]
    public async Task Where_clamd_is_down_the_policy_decides(string policy, int exitCode, string verdict)
    {
        var ran = await _program.RunAsync("scan", "models", "--json", "--scan-clamd", "unix:/no/such.ctl", "--scan-clamd-policy", policy);

        var file = ran.Json.GetProperty("files")[0];
        Assert.Equal((exitCode, verdict, "antivirus-not-scanned"), (ran.ExitCode, file.GetProperty("verdict").GetString(), file.GetProperty("findings")[0].GetProperty("rule").GetString()));
        Assert.Contains("clamd at unix:/no/such.ctl cannot be reached", file.GetProperty("findings")[0].GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("--scan-clamd", "http://127.0.0.1", "it begins neither with unix: nor with tcp://; allowed is nothing, the path of clamd's socket")]
    [InlineData("--scan-clamd", "tcp://", "behind tcp:// stand a host and a port")]
    [InlineData("--scan-clamd-policy", "1", "allowed is require or prefer")]
    [InlineData("--scan-clamd-policy", "sometimes", "allowed is require or prefer")]
    [InlineData("--scan-clamd-max-bytes", "100M", "allowed is a whole number")]
    public async Task A_setting_with_a_mistake_is_told_before_anything_is_scanned(string flag, string value, string words)
    {
        var ran = await _program.RunAsync("scan", "models", flag, value, "--json");

        Assert.Equal((2, "", 0), (ran.ExitCode, ran.Output, _clamd.Connections));
        Assert.Contains($"'{value}'", ran.ErrorJson.GetProperty("message").GetString());
        Assert.Contains(words, ran.ErrorJson.GetProperty("message").GetString());
    }

    [Fact]
    public async Task A_password_that_clamd_would_not_take_is_refused_and_not_shown()
    {
        var ran = await _program.RunAsync("scan", "models", "--scan-clamd", "tcp://me:hunter2@127.0.0.1:3310");

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains("and nothing else", ran.Error.Replace("\n", " ", StringComparison.Ordinal));
        Assert.DoesNotContain("hunter2", ran.Output + ran.Error);
    }

    [Fact]
    public async Task With_clamd_itself_EICAR_is_found_and_the_other_file_is_clean()
    {
        using var clamd = await RealClamd.StartAsync(RealClamd.OwnDatabase);
        await File.WriteAllBytesAsync(_folder["models/eicar.com"], EicarTest.Mark, TestContext.Current.CancellationToken);

        var ran = await _program.RunAsync("scan", "models", "--json", "--scan-clamd", clamd.Text);

        Assert.Equal(8, ran.ExitCode);
        Assert.Equal(["clean", "dangerous"], ran.Json.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("verdict").GetString()));
        Assert.Contains($"clamd finds {RealClamd.Signature}", ran.Output);
    }
}
