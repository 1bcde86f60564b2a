using System.Globalization;
using CivitaiDownloader.Tests.Scanning.Antivirus;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

public sealed class DoctorAntivirusTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeClamd _clamd = new();
    private readonly Program _program;

    public DoctorAntivirusTests()
    {
        _program = new(_folder["home"], _folder["library"], new("http://127.0.0.1:1/")); // nobody is asked
        _program.Variables["CIVITAI_DL_SCAN__CLAMD"] = _clamd.Text;
    }

    public async ValueTask DisposeAsync()
    {
        await _clamd.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task The_version_is_told_and_the_age_of_the_database()
    {
        _clamd.Version = $"ClamAV 1.4.3/27800/{DateTime.Now.AddDays(-3).ToString("ddd MMM d HH:mm:ss yyyy", CultureInfo.InvariantCulture)}";
        var fresh = await AskDoctorAsync();
        _clamd.Version = "ClamAV 1.4.3/27000/Mon Jan  5 09:27:11 2026";
        var old = await AskDoctorAsync();
        _clamd.Version = "ClamAV 1.4.3";
        var none = await AskDoctorAsync();

        Assert.Equal(("ok", $"ClamAV 1.4.3 at {_clamd.Text}, database 27800, 3 days old"), fresh);
        Assert.Equal("warning", old.Status);
        Assert.Matches("database 27000, [0-9,]+ days old", old.Message);
        Assert.Equal(("warning", $"ClamAV 1.4.3 at {_clamd.Text}, without a database of ClamAV's own"), none);
    }

    [Fact]
    public async Task What_is_wrong_with_it_is_told()
    {
        _clamd.Trial = "stream: OK\0";
        var empty = await AskDoctorAsync();
        _clamd.Trial = "stream: X FOUND\0";
        _clamd.Version = "220 mail.example.org ESMTP";
        var other = await AskDoctorAsync();
        var down = await AskDoctorAsync("--scan-clamd", "unix:/no/such.ctl");
        var preferred = await AskDoctorAsync("--scan-clamd", "unix:/no/such.ctl", "--scan-clamd-policy", "prefer");
        var unset = await AskDoctorAsync("--scan-clamd", "");

        Assert.Equal(("problem", "problem", "problem", "warning", "skipped"), (empty.Status, other.Status, down.Status, preferred.Status, unset.Status));
        Assert.Contains("has no database", empty.Message);
        Assert.Contains("'220 mail.example.org ESMTP'", other.Message);
        Assert.Contains("cannot be reached", down.Message);
    }

    private async Task<(string? Status, string? Message)> AskDoctorAsync(params string[] flags)
    {
        var ran = await _program.RunAsync(["doctor", "--json", "--offline", .. flags]);
        var check = ran.Json.GetProperty("checks").EnumerateArray().Single(check => check.GetProperty("name").GetString() == "antivirus");
        return (check.GetProperty("status").GetString(), check.GetProperty("message").GetString());
    }
}
