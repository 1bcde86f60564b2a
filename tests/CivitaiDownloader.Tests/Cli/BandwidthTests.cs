using System.Diagnostics;
using CivitaiDownloader.Sandbox.Samples;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

public sealed class BandwidthTests : SandboxFixture
{
    private const int File = SampleIds.Medium * 100;
    private const int BytesPerSecond = 12 << 20;
    private const long FileBytes = 64L << 20;

    [Fact]
    public async Task A_download_takes_as_long_as_its_bandwidth_says()
    {
        var ran = await TimedAsync("get", "4220", "--bandwidth", "12M");

        Assert.True(ran.ExitCode == 0, ran.Error);
        Assert.InRange(ran.Seconds, FileBytes / (BytesPerSecond * 1.03), (FileBytes / (BytesPerSecond * 0.97)) + 3); // what the program needs besides
    }

    [Fact]
    public async Task A_change_in_the_file_takes_effect_while_it_runs_and_a_broken_file_changes_nothing()
    {
        Assert.Equal(0, (await Program.RunAsync("config", "set", "Transfer:Bandwidth", "64K")).ExitCode);
        using var running = Program.Start("get", "4220");
        var said = running.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await Until(() => Sandbox.Ledger.Of(File).Served > 0);

        await System.IO.File.WriteAllTextAsync(Path.Combine(Home, "config.json"), "{ \"Transfer\": { \"Bandwidth\": \"10X\" } }", TestContext.Current.CancellationToken);
        await Task.Delay(TimeSpan.FromSeconds(2.5), TestContext.Current.CancellationToken);
        Assert.False(running.HasExited);
        Assert.Equal(0, (await Program.RunAsync("config", "set", "Transfer:Bandwidth", "off")).ExitCode);
        await running.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken); // 17 minutes as it began

        Assert.Equal(0, running.ExitCode);
        Assert.Single((await said).Split('\n'), line => line.Contains("'10X' is no figure", StringComparison.Ordinal) && line.Contains("stays as it was", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Given_by_flag_the_file_does_not_change_it()
    {
        Assert.Equal(0, (await Program.RunAsync("config", "set", "Transfer:Bandwidth", "64K")).ExitCode);
        using var running = Program.Start("get", "4220", "--bwlimit", "8M");
        await Until(() => Sandbox.Ledger.Of(File).Served > 0);

        Assert.Equal(0, (await Program.RunAsync("config", "set", "Transfer:Bandwidth", "off")).ExitCode);
        await Task.Delay(TimeSpan.FromSeconds(2.5), TestContext.Current.CancellationToken);

        Assert.False(running.HasExited);
        running.Kill();
    }

    [Theory]
    [InlineData("10X", "'10X' is no figure")]
    [InlineData("10M:off", "pair for both directions")]
    [InlineData("25:00 1M", "'25:00' is no time")]
    public async Task What_is_no_bandwidth_is_refused_with_what_is_allowed(string spec, string reason)
    {
        var ran = await Program.RunAsync("get", "4201", "--bandwidth", spec);

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains($"Transfer:Bandwidth cannot be '{spec}' (set by --bandwidth): ", ran.Error, StringComparison.Ordinal);
        Assert.Contains(reason, ran.Error, StringComparison.Ordinal);
        Assert.Contains("allowed is off, a figure such as", ran.Error, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Error, double Seconds)> TimedAsync(params string[] arguments)
    {
        var since = Stopwatch.GetTimestamp();
        var ran = await Program.RunAsync(arguments);
        return (ran.ExitCode, ran.Error, Stopwatch.GetElapsedTime(since).TotalSeconds);
    }

    private static async Task Until(Func<bool> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition()) await Task.Delay(TimeSpan.FromMilliseconds(50), limit.Token);
    }
}
