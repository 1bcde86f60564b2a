using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Samples;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

/// <summary>Promise 1: killed, interrupted or cut, the same command goes on where it was.</summary>
public sealed partial class InterruptTests : SandboxFixture
{
    private const int File = SampleIds.Medium * 100;
    private const long MostTwice = 16 << 20;

    [Fact]
    public async Task Killed_at_any_byte_it_goes_on_and_fetches_little_twice()
    {
        const int seed = 20261124;
        var random = new Random(seed);
        var expected = Sandbox.Catalogue.File(File)!.Value.File.Content.Hashes.Sha256.ToLowerInvariant();
        var kills = Soak.Count(share: 12, full: 100);
        var worst = new Dictionary<int, long> { [1] = 0, [8] = 0 };
        var died = 0;
        for (var run = 0; run < kills; run++)
        {
            Clear();
            var at = random.NextInt64(1, 64 << 20);
            // Slow enough that the process is there when the byte is: else it would often be done before it can be killed.
            var slow = Sandbox.Faults.Add(FaultText.Parse("bandwidth@4220=120000000"));
            var connections = run % 2 == 0 ? 1 : 8;
            var killed = await KillAtAsync(at, "--transfer-connections-per-file", $"{connections}");
            slow.Off();
            if (killed) died++;

            var ran = await Program.RunAsync("get", "4220", "--json");

            var context = $"seed {seed}, run {run}, killed: {killed} at {at}: {ran.Error}";
            Assert.True(ran.ExitCode == 0, context);
            var file = ran.Json.GetProperty("files")[0];
            Assert.True(file.GetProperty("sha256").GetString() == expected, context);
            Assert.True(await HashAsync(file.GetProperty("path").GetString()!) == expected, context);
            var twice = Sandbox.Ledger.Of(File).ServedTwice;
            Assert.True(twice <= MostTwice * connections, $"{twice} bytes served twice over {connections} connections, {context}");
            worst[connections] = Math.Max(worst[connections], twice);
        }

        Assert.True(died >= kills * 3 / 4, $"only {died} of {kills} runs were really killed (seed {seed})");
        TestContext.Current.TestOutputHelper?.WriteLine($"{died} of {kills} killed, at most {worst[1]} bytes served twice over one connection, {worst[8]} over 8 (seed {seed})");
    }

    [Fact]
    public async Task Killed_again_and_again_it_still_ends()
    {
        Sandbox.Faults.Add(FaultText.Parse("bandwidth@4220=200000000"));
        for (var megabytes = 8; megabytes <= 56; megabytes += 8) await KillAtAsync((long)megabytes << 20);

        var ran = await Program.RunAsync("get", "4220", "--json");

        Assert.Equal(0, ran.ExitCode);
        Assert.True(ran.Json.GetProperty("files")[0].GetProperty("verified").GetBoolean());
    }

    [Theory]
    [InlineData(2)] // SIGINT
    [InlineData(15)] // SIGTERM
    public async Task Interrupted_it_says_so_and_loses_nothing_that_was_read(int signal)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Signals are sent with kill(2).");
        Sandbox.Faults.Add(FaultText.Parse("total-bandwidth@4220=50000000"));
        using var process = Program.Start("get", "4220", "--json");
        await UntilAsync(() => Sandbox.Ledger.Of(File).Served > 20 << 20, process);
        var asked = Stopwatch.GetTimestamp();
        Assert.Equal(0, Signal(process.Id, signal));
        var error = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        Assert.Equal(130, process.ExitCode);
        Assert.InRange(Stopwatch.GetElapsedTime(asked).TotalSeconds, 0, 5);
        Assert.Contains("\"interrupted\"", error);
        Sandbox.Faults.Clear();
        Assert.Equal(0, (await Program.RunAsync("get", "4220")).ExitCode);
        Assert.InRange(Sandbox.Ledger.Of(File).ServedTwice, 0, 8 << 20);
    }

    [Fact]
    public async Task A_second_process_says_who_has_the_file()
    {
        Sandbox.Faults.Add(FaultText.Parse("stall@4220=3000000*1"));
        using var first = Program.Start("get", "4220");
        await UntilAsync(() => Sandbox.Ledger.Of(File).Served >= 3_000_000, first);

        var second = await Program.RunAsync("get", "4220", "--json");

        Assert.Equal(1, second.ExitCode);
        Assert.Equal("busy", second.ErrorJson.GetProperty("code").GetString());
        Assert.Contains(first.Id.ToString(System.Globalization.CultureInfo.InvariantCulture), second.ErrorJson.GetProperty("message").GetString());
        first.Kill();
        await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        Sandbox.Faults.Clear();
        Assert.Equal(0, (await Program.RunAsync("get", "4220")).ExitCode);
    }

    [Fact]
    public async Task Two_that_start_at_once_fetch_it_once()
    {
        var both = await Task.WhenAll(Program.RunAsync("get", "4201", "--json"), Program.RunAsync("get", "4201", "--json"));

        Assert.Contains(both, ran => ran.ExitCode == 0);
        Assert.All(both.Where(ran => ran.ExitCode != 0), ran => Assert.Equal("busy", ran.ErrorJson.GetProperty("code").GetString()));
        Assert.Single(Visible(), path => path.EndsWith(".safetensors", StringComparison.Ordinal));
    }

    /// <returns>False when it was done before the byte came or before the signal did.</returns>
    private async Task<bool> KillAtAsync(long bytes, params string[] options)
    {
        using var process = Program.Start(["get", "4220", .. options]);
        var coverage = Sandbox.Ledger.Of(File);
        var reached = await UntilAsync(() => coverage.Served >= bytes, process);
        if (reached) process.Kill(); // SIGKILL
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return reached && (OperatingSystem.IsWindows() || process.ExitCode == 128 + 9);
    }

    private static async Task<bool> UntilAsync(Func<bool> isTrue, Process process)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(1));
        while (!isTrue())
        {
            if (process.HasExited) return false;
            await ticks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        return true;
    }

    private void Clear()
    {
        Sandbox.Ledger.Clear();
        if (Directory.Exists(Library)) Directory.Delete(Library, recursive: true);
    }

    private static async Task<string> HashAsync(string path)
    {
        await using var stream = System.IO.File.OpenRead(path);
        return Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, TestContext.Current.CancellationToken));
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
