using System.Diagnostics;
using System.Text.RegularExpressions;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Ledger;
using CivitaiDownloader.Sandbox.Samples;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

/// <summary>Several targets of one <c>get</c>, fetched at the same time and told one after the other.</summary>
public sealed partial class SeveralFilesTests : SandboxFixture
{
    private const int Large = SampleIds.Medium * 100; // 64 MiB, slowed down where it must not be done first

    [Fact]
    public async Task A_slow_file_keeps_no_other_from_being_placed_and_the_document_has_the_order_of_the_targets()
    {
        Sandbox.Faults.Add(FaultText.Parse("stall@4220=1000000"));
        using var running = Program.Start("get", "4220", "4201", "999", "4203", "--json", "--set", "Library:WriteInfo=false", "--set", "Library:WritePreview=false");
        var output = running.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = running.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await Until(() => Visible().Count(path => Path.GetExtension(path) is ".safetensors" or ".gguf") == 2, running);
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken); // from the name to the end of their work

        await InterruptAsync(running);

        var files = new Ran(running.ExitCode, await output, await error).Json.GetProperty("files").EnumerateArray().ToArray();
        Assert.Equal(130, running.ExitCode);
        Assert.Equal(["4220", "4201", "999", "4203"], files.Select(file => file.GetProperty("target").GetString()));
        Assert.Equal(["failed", "placed", "failed", "placed"], files.Select(file => file.GetProperty("status").GetString()));
        Assert.Equal(["interrupted", "not-found"], new[] { 0, 2 }.Select(place => files[place].GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Interrupted_all_of_them_go_on_where_they_were_and_it_is_said_once()
    {
        Sandbox.Faults.Add(FaultText.Parse("stall@storage=1000000"));
        using var running = Program.Start("get", "4220", "4219");
        var error = running.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await Until(() => Sandbox.Ledger.Of(Large).Served >= 1_000_000 && Sandbox.Ledger.Of(SampleIds.Large * 100).Served >= 1_000_000, running);

        await InterruptAsync(running);

        Assert.Equal(130, running.ExitCode);
        Assert.Single((await error).Split('\n'), line => line.Contains("Interrupted", StringComparison.Ordinal));
        Assert.Equal(2, Staged().Count(name => name.EndsWith(".journal", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Two_targets_of_one_file_fetch_it_once()
    {
        // Over one connection each: of a part whose end another one takes over, a few bytes may be under way already.
        var ran = await Program.RunAsync("get", "4220", "4201", "4220", "4220@42200", "4201", "--json", "--transfer-connections-per-file", "1");

        Assert.True(ran.ExitCode == 0, ran.Error);
        Assert.Equal(["placed", "placed", "present", "present", "present"], ran.Json.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("status").GetString()));
        Assert.InRange(Sandbox.Ledger.Of(Large).ServedTwice, 0, 1); // the probe's
    }

    [Fact]
    public async Task Without_a_terminal_what_is_said_of_one_file_stays_together_and_in_order()
    {
        Sandbox.Faults.Add(FaultText.Parse("bandwidth@4220=60000000")); // done last, told first

        var ran = await Program.RunAsync("get", "4220", "4201", "999", "4203");

        var said = ran.Error.Split('\n').Where(line => line.Length > 0).Select(line => line.TrimStart()[..3]).Where(start => start is "→ /" or "✓ P" or "err").ToArray();
        Assert.Equal(3, ran.ExitCode);
        Assert.Equal(["→ /", "✓ P", "→ /", "✓ P", "err", "→ /", "✓ P"], said);
        var paths = ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(3, paths.Length);
        Assert.Contains("middle", paths[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dry_run_of_many_tells_them_in_order()
    {
        Sandbox.Faults.Add(FaultText.Parse("delay@4201=800"));

        var ran = await Program.RunAsync("get", "4201", "4220", "4203", "--dry-run");

        var order = new[] { "4201", "4220", "4203" };
        var lines = ran.Output.Split('\n').Where(line => line.Contains(" · ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(0, ran.ExitCode);
        Assert.Equal(order.Length, lines.Length);
        Assert.Contains("Middleweight", lines[1], StringComparison.Ordinal);
        Assert.Empty(Visible());
    }

    [Fact]
    public async Task Small_files_overlap_up_to_the_connections_of_a_host()
    {
        foreach (var site in new[] { "api", "storage" }) Sandbox.Faults.Add(FaultText.Parse($"delay@{site}=150"));
        var targets = Sandbox.Catalogue.All.Where(model => model.Id >= 5000 && model.Mode is null && model.Versions[0].Access == SampleAccess.Free).Take(24).Select(model => $"model:{model.Id}").ToArray();

        var together = await TimedAsync(["get", .. targets, "--json", "--library", Path.Combine(Folder, "together")]);
        var apart = await TimedAsync(["get", .. targets, "--json", "--parallel", "1", "--no-cache", "--library", Path.Combine(Folder, "apart")]);

        Assert.True(apart > together * 2.5, $"{together:0.0} s together, {apart:0.0} s one by one"); // 7 on a machine with time to spare
    }

    [Fact]
    public async Task No_more_large_files_run_than_are_allowed()
    {
        Sandbox.Faults.Add(FaultText.Parse("stall@storage=100000"));
        using var running = Program.Start("get", "4219", "4220", "4201", "--parallel", "2", "--set", "Http:MaxConnectionsPerHost=4");
        await Until(() => Sandbox.Ledger.Of(Large).Served >= 100_000, running);
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        Assert.Equal(0, Sandbox.Ledger.Of(SampleIds.Plain * 100).Served);
        running.Kill();
    }

    [Fact]
    public async Task A_folder_given_with_output_is_left_without_a_trace_of_the_work()
    {
        var there = Path.Combine(Folder, "there") + Path.DirectorySeparatorChar;

        var ran = await Program.RunAsync("get", "4201", "4203", "4220", "4216", "--output", there, "--json");

        Assert.True(ran.ExitCode == 0, ran.Error);
        Assert.DoesNotContain(Directory.EnumerateFileSystemEntries(there), path => Path.GetFileName(path).StartsWith('.'));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("65")]
    [InlineData("many")]
    public async Task A_number_that_is_none_is_refused(string number)
    {
        var ran = await Program.RunAsync("get", "4201", "--parallel", number);

        Assert.Equal(2, ran.ExitCode);
        Assert.Contains($"Transfer:FilesAtOnce cannot be '{number}' (set by --parallel): allowed is a whole number from 1 to 64", ran.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(120)]
    public async Task On_a_terminal_each_file_has_a_line_and_all_of_them_one(int columns)
    {
        Sandbox.Faults.Add(FaultText.Parse("bandwidth@4220=40000000"));
        Sandbox.Faults.Add(FaultText.Parse("delay@f420300=1500"));

        var ran = await Terminal.RunAsync(Program, columns, "get", "4220", "4203", "--no-color");

        Assert.Equal(0, ran.ExitCode);
        var lines = ran.Output.Split('\n', '\r').Select(line => Escapes().Replace(line, "")).ToArray();
        var files = lines.Where(line => line.Contains(" % ", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(files);
        Assert.All(files, line => Assert.InRange(DisplayText.Width(line), 1, columns - 1));
        Assert.Contains(lines, line => line.StartsWith("0 of 2 files · ", StringComparison.Ordinal));
        Assert.Equal(2, lines.Count(line => line.Contains("✓ Placed, verified", StringComparison.Ordinal)));
    }

    private static async Task InterruptAsync(Process running)
    {
        using (var kill = Process.Start("kill", ["-INT", $"{running.Id}"])) await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await running.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
    }

    private async Task<double> TimedAsync(string[] arguments)
    {
        var since = Stopwatch.GetTimestamp();
        var ran = await Program.RunAsync(arguments);
        Assert.True(ran.ExitCode == 0, ran.Error);
        return Stopwatch.GetElapsedTime(since).TotalSeconds;
    }

    private static async Task Until(Func<bool> condition, Process running)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition() && !running.HasExited) await Task.Delay(TimeSpan.FromMilliseconds(20), limit.Token);
    }

    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Escapes();
}
