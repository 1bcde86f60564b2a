using System.Diagnostics;
using System.Text.Json;
using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Sandbox;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Samples;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Job;

/// <summary>Jobs as people run and command them: processes of the program, a real store, a real host.</summary>
public sealed class JobRunTests : JobFixture
{
    [Theory]
    [InlineData(StrategyKind.Sequential, null)]
    [InlineData(StrategyKind.Parallel, 3)]
    [InlineData(StrategyKind.Adaptive, null)]
    public async Task A_job_brings_every_file_once(StrategyKind strategy, int? parallel)
    {
        var job = await MakeAsync(new() { Strategy = strategy, Parallel = parallel }, Ordinary(20));

        var ran = await Program.RunAsync("job", "run");

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal(JobStatus.Completed, (await FindAsync(job)).Status);
        Assert.Equal(20, (await FindAsync(job)).Counts.Completed);
        Assert.Equal(20, ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(File.Exists));
        await AssertPlacedOnceAsync(job);
    }

    [Fact]
    public async Task A_second_job_of_the_same_files_finds_them_there()
    {
        await MakeAsync(new(), Ordinary(5));
        await Program.RunAsync("job", "run");
        var served = Sandbox.Ledger.BytesSent;
        var again = await MakeAsync(new(), Ordinary(5));

        var ran = await Program.RunAsync("job", "run");

        Assert.Equal(0, ran.ExitCode);
        Assert.Equal(5, (await FindAsync(again)).Counts.Skipped);
        Assert.True(Sandbox.Ledger.BytesSent - served < 200_000, "files were fetched again");
    }

    [Fact]
    public async Task What_fails_stops_nothing_and_is_grouped_by_its_cause()
    {
        var job = await MakeAsync(new(), [SampleIds.EarlyAccess, SampleIds.Gone, .. Ordinary(4)]);

        var ran = await Program.RunAsync("job", "run");

        Assert.Equal(3, ran.ExitCode);
        var record = await FindAsync(job);
        Assert.Equal((JobStatus.Completed, 4, 2), (record.Status, record.Counts.Completed, record.Counts.Failed));
        var shown = await Program.RunAsync("job", "show", Number(job));
        Assert.Contains("early-access", shown.Output, StringComparison.Ordinal);
        var json = (await Program.RunAsync("job", "show", Number(job), "--json", "--status", "failed")).Json;
        Assert.Equal(2, json.GetProperty("items").GetArrayLength());
        Assert.All(json.GetProperty("items").EnumerateArray(), item => Assert.Equal(JsonValueKind.Object, item.GetProperty("error").ValueKind));
    }

    [Fact]
    public async Task A_job_of_which_nothing_succeeds_has_failed_and_can_be_retried()
    {
        var job = await MakeAsync(new(), SampleIds.Gone);

        Assert.Equal(1, (await Program.RunAsync("job", "run")).ExitCode);

        Assert.Equal(JobStatus.Failed, (await FindAsync(job)).Status);
        Assert.Equal(0, (await Program.RunAsync("job", "retry", Number(job))).ExitCode);
        Assert.Equal(JobStatus.Pending, (await FindAsync(job)).Status);
    }

    [Fact]
    public async Task A_pause_from_elsewhere_stops_the_bytes_within_a_second_and_a_resume_goes_on_at_the_byte()
    {
        var slow = Sandbox.Faults.Add(FaultText.Parse("total-bandwidth@4220=20000000"));
        var job = await MakeAsync(new(), SampleIds.Medium);
        using var process = await RunUntilServedAsync(10_000_000, "job", "run");

        Assert.Equal(0, (await Program.RunAsync("job", "pause", Number(job))).ExitCode);
        await UntilAsync(async () => (await FindAsync(job)).Counts.Processing == 0, process);
        await UntilAsync(() => Task.FromResult(OpenConnections.Of(process) == 0), process); // and nothing can come
        var paused = await FindAsync(job);
        Assert.Equal((JobStatus.Paused, PauseReason.Asked), (paused.Status, paused.PausedFor));

        slow.Off();
        Assert.Equal(0, (await Program.RunAsync("job", "resume", Number(job))).ExitCode);
        await process.WaitForExitAsync(Cancel);

        Assert.Equal(0, process.ExitCode);
        Assert.InRange(Sandbox.Ledger.Of(Medium).ServedTwice, 0, 16 << 20);
        await AssertPlacedOnceAsync(job);
    }

    [Fact]
    public async Task Replaced_at_its_host_during_a_pause_a_file_is_begun_anew_and_never_mixed()
    {
        var slow = Sandbox.Faults.Add(FaultText.Parse("total-bandwidth@4220=20000000"));
        var job = await MakeAsync(new(), SampleIds.Medium);
        using var process = await RunUntilServedAsync(5_000_000, "job", "run");
        await Program.RunAsync("job", "pause", Number(job));
        await UntilAsync(async () => (await FindAsync(job)).Counts.Processing == 0, process);

        slow.Off();
        Sandbox.Faults.Add(FaultText.Parse("changed@4220"));
        await Program.RunAsync("job", "resume", Number(job));
        await process.WaitForExitAsync(Cancel);

        // The site still announces the hash of before: what comes now cannot be it, and is not placed under its name.
        Assert.NotEqual(0, process.ExitCode);
        Assert.DoesNotContain(Visible(), path => path.EndsWith(".safetensors", StringComparison.Ordinal));
        Assert.Equal((ItemStatus.Failed, 7), ((await ItemsAsync(job))[0].Status, (await ItemsAsync(job))[0].Error!.ExitCode));
    }

    [Fact]
    public async Task A_pause_takes_effect_within_a_second()
    {
        Sandbox.Faults.Add(FaultText.Parse("total-bandwidth@4220=20000000"));
        var job = await MakeAsync(new(), SampleIds.Medium);
        using var process = await RunUntilServedAsync(2_000_000, "job", "run");

        await Store.ApplyAsync(job.Id, JobAction.Pause, PauseReason.Asked, Cancel);
        var watch = Stopwatch.StartNew();
        await UntilAsync(async () => (await FindAsync(job)).Counts.Processing == 0, process);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"it took {watch.Elapsed}");
        await KillAsync(process);
    }

    [Theory]
    [InlineData("delay@/api/v1/model-versions=3000*1", ItemStage.Resolving, JobAction.Pause)]
    [InlineData("delay@/api/v1/model-versions=3000*1", ItemStage.Resolving, JobAction.Cancel)]
    [InlineData("stall@storage=100000*1", ItemStage.Downloading, JobAction.Pause)]
    [InlineData("stall@storage=100000*1", ItemStage.Downloading, JobAction.Cancel)]
    [InlineData("wrong-bytes@storage stall@storage=1000*1>67108864", ItemStage.Verifying, JobAction.Pause)] // the whole file is there, and what is wrong is looked for
    [InlineData("wrong-bytes@storage stall@storage=1000*1>67108864", ItemStage.Verifying, JobAction.Cancel)]
    public async Task Stopped_in_any_stage_it_stops_at_once_and_nothing_is_lost(string faults, ItemStage stage, JobAction action)
    {
        var holdUps = faults.Split(' ').Select(fault => Sandbox.Faults.Add(FaultText.Parse(fault))).ToArray();
        var job = await MakeAsync(new(), SampleIds.Medium);
        using var process = await RunUntilAsync(async () => (await ItemsAsync(job))[0] is { Status: ItemStatus.Processing } item && item.Stage == stage && (stage == ItemStage.Resolving || Sandbox.Ledger.Of(Medium).Served > 0), "job", "run");

        await Store.ApplyAsync(job.Id, action, action == JobAction.Pause ? PauseReason.Asked : null, Cancel);
        var watch = Stopwatch.StartNew();
        await UntilAsync(async () => (await FindAsync(job)).Counts.Processing == 0);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(2), $"it took {watch.Elapsed}");
        foreach (var holdUp in holdUps) holdUp.Off();
        if (action == JobAction.Pause) await Store.ApplyAsync(job.Id, JobAction.Resume, null, Cancel);
        await process.WaitForExitAsync(Cancel);
        Assert.Equal(action == JobAction.Pause ? ItemStatus.Completed : ItemStatus.Cancelled, (await ItemsAsync(job))[0].Status);
        await AssertPlacedOnceAsync(job);
    }

    [Theory]
    [InlineData(JobAction.Pause)]
    [InlineData(JobAction.Cancel)]
    public async Task Stopped_when_it_has_its_name_it_is_done_and_was_not_there_before(JobAction action)
    {
        var slowPicture = Sandbox.Faults.Add(FaultText.Parse("delay@images=20000"));
        var job = await MakeAsync(new(), SampleIds.Plain);
        using var process = await RunUntilAsync(async () => (await ItemsAsync(job))[0] is { Stage: ItemStage.Placing } && Visible().Any(path => path.EndsWith(".safetensors", StringComparison.Ordinal)), "job", "run");

        await Store.ApplyAsync(job.Id, action, action == JobAction.Pause ? PauseReason.Asked : null, Cancel);
        await UntilAsync(async () => (await FindAsync(job)).Counts.Processing == 0, process: null);
        slowPicture.Off();
        if (action == JobAction.Pause) await Store.ApplyAsync(job.Id, JobAction.Resume, null, Cancel);
        await process.WaitForExitAsync(Cancel);

        Assert.Equal(ItemStatus.Completed, (await ItemsAsync(job))[0].Status);
        await AssertPlacedOnceAsync(job);
    }

    [Fact]
    public async Task Cancelled_it_stops_and_is_over_for_good()
    {
        Sandbox.Faults.Add(FaultText.Parse("total-bandwidth@4220=20000000"));
        var job = await MakeAsync(new(), SampleIds.Medium);
        using var process = await RunUntilServedAsync(2_000_000, "job", "run");

        var cancelled = await Program.RunAsync("job", "cancel", Number(job), "--discard");
        await process.WaitForExitAsync(Cancel);

        Assert.Equal(0, cancelled.ExitCode);
        Assert.Equal((JobStatus.Cancelled, 1), ((await FindAsync(job)).Status, (await FindAsync(job)).Counts.Cancelled));
        Assert.Empty(Staged());
        var resumed = await Program.RunAsync("job", "resume", Number(job), "--json");
        Assert.Equal(1, resumed.ExitCode);
        Assert.Contains("cancelled", resumed.ErrorJson.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("paused", resumed.ErrorJson.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_without_discard_what_arrived_is_kept()
    {
        Sandbox.Faults.Add(FaultText.Parse("total-bandwidth@4220=20000000"));
        var job = await MakeAsync(new(), SampleIds.Medium);
        using var process = await RunUntilServedAsync(2_000_000, "job", "run");

        await Program.RunAsync("job", "cancel", Number(job));
        await process.WaitForExitAsync(Cancel);

        Assert.NotEmpty(Staged());
    }

    [Fact]
    public async Task What_a_killed_process_had_is_taken_up_by_another_within_ten_seconds()
    {
        var slow = Sandbox.Faults.Add(FaultText.Parse("total-bandwidth@4220=10000000"));
        var job = await MakeAsync(new(), SampleIds.Medium);
        var killed = await RunUntilServedAsync(1_000_000, "job", "run");
        using var other = Program.Start("job", "run");
        await KillAsync(killed);
        var watch = Stopwatch.StartNew();

        await UntilAsync(async () => (await ItemsAsync(job))[0].Attempts > 1, other);

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"it took {watch.Elapsed}");
        slow.Off();
        await other.WaitForExitAsync(Cancel);
        Assert.Equal(0, other.ExitCode);
        await AssertPlacedOnceAsync(job);
    }

    [Fact]
    public async Task Several_processes_share_a_job_and_no_file_is_fetched_twice()
    {
        var job = await MakeAsync(new() { Strategy = StrategyKind.Parallel, Parallel = 2 }, Ordinary(40));

        var ran = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Program.RunAsync("job", "run", Number(job))));

        Assert.All(ran, run => Assert.Equal(0, run.ExitCode));
        Assert.Equal(40, (await FindAsync(job)).Counts.Completed);
        Assert.All(await ItemsAsync(job), item => Assert.Equal(0, Sandbox.Ledger.Of((int)item.File.File.Value).ServedTwice));
        await AssertPlacedOnceAsync(job);
    }

    [Fact]
    public async Task Without_a_network_it_waits_and_goes_on_when_it_is_back()
    {
        var gone = new[] { "refuse@api", "refuse@storage" }.Select(text => Sandbox.Faults.Add(FaultText.Parse(text))).ToArray();
        var job = await MakeAsync(new(), Ordinary(3));
        using var process = Program.Start("job", "run", "--json", "--set", "Http:MaxAttempts=1");
        await UntilSaysAsync(process, "network-gone");

        foreach (var fault in gone) fault.Off();
        var rest = await process.StandardOutput.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);

        Assert.True(process.ExitCode == 0, rest);
        Assert.All(await ItemsAsync(job), item => Assert.Equal(ItemStatus.Completed, item.Status));
    }

    [Fact]
    public async Task What_needs_a_key_waits_for_sign_in_and_the_rest_goes_on()
    {
        var job = await MakeAsync(new(), [SampleIds.LoginRequired, .. Ordinary(3)]);

        var ran = await Program.RunAsync("job", "run");

        Assert.Equal(3, ran.ExitCode);
        var record = await FindAsync(job);
        Assert.Equal((JobStatus.Paused, PauseReason.SignIn, 3, 1), (record.Status, record.PausedFor, record.Counts.Completed, record.Counts.WaitingForSignIn));
        Assert.Contains("login", ran.Error, StringComparison.Ordinal);
        Program.Variables["CIVITAI_API_KEY"] = SandboxOptions.DefaultKey;
        Assert.Equal(0, (await Program.RunAsync("job", "resume", Number(job))).ExitCode);
        Assert.Equal(0, (await Program.RunAsync("job", "run")).ExitCode);
        Assert.Equal(4, (await FindAsync(job)).Counts.Completed);
    }

    [Fact]
    public async Task Where_the_key_is_revoked_in_the_middle_the_rest_waits_and_nothing_is_lost()
    {
        Program.Variables["CIVITAI_API_KEY"] = "revoked"; // as good as none: the site says so where a key is needed only
        Sandbox.Faults.Add(FaultText.Parse("delay@storage=100"));
        var job = await MakeAsync(new() { Strategy = StrategyKind.Sequential }, Ordinary(8));
        using var process = await RunUntilAsync(async () => (await FindAsync(job)).Counts.Completed >= 2, "job", "run");
        var wall = Sandbox.Faults.Add(FaultText.Parse("login-wall"));
        await process.WaitForExitAsync(Cancel);

        var record = await FindAsync(job);
        Assert.Equal((JobStatus.Paused, PauseReason.SignIn), (record.Status, record.PausedFor));
        Assert.True(record.Counts is { Completed: >= 2, WaitingForSignIn: > 0, Failed: 0 });

        Program.Variables["CIVITAI_API_KEY"] = SandboxOptions.DefaultKey;
        await Program.RunAsync("job", "resume", Number(job));
        Assert.Equal(0, (await Program.RunAsync("job", "run")).ExitCode);
        Assert.Equal(8, (await FindAsync(job)).Counts.Completed);
        wall.Off();
        await AssertPlacedOnceAsync(job);
    }

    [Fact]
    public async Task Outside_its_hours_a_job_does_not_run()
    {
        var now = TimeOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);
        var job = await MakeAsync(new() { Hours = new(now.AddHours(2), now.AddHours(3)) }, Ordinary(1));

        var ran = await Program.RunAsync("job", "run");

        Assert.Equal(0, ran.ExitCode);
        Assert.Contains($"`civitai-dl job run {Number(job)} --stay` waits for it", ran.Error, StringComparison.Ordinal);
        Assert.Equal(JobStatus.Pending, (await FindAsync(job)).Status);
        Assert.Empty(Visible());
    }

    [Fact]
    public async Task A_job_keeps_to_its_own_rate()
    {
        var job = await MakeAsync(new() { BytesPerSecond = 8_000_000 }, SampleIds.Medium);
        var bytes = (await ItemsAsync(job))[0].File.Bytes!.Value;
        var watch = Stopwatch.StartNew();

        Assert.Equal(0, (await Program.RunAsync("job", "run")).ExitCode);

        Assert.True(watch.Elapsed.TotalSeconds > bytes / 8_000_000.0 * 0.9, $"{bytes} bytes in {watch.Elapsed}");
    }

    [Fact]
    public async Task Items_of_high_priority_come_first()
    {
        var job = await MakeAsync(new() { Strategy = StrategyKind.Sequential }, Ordinary(6));
        var last = (await ItemsAsync(job))[^1];
        Assert.Equal(0, (await Program.RunAsync("job", "priority", Number(job), "high", "--item", last.Id.ToString())).ExitCode);

        await Program.RunAsync("job", "run");

        var first = (await ItemsAsync(job)).MinBy(item => item.StartedAt)!;
        Assert.Equal(last.Id, first.Id);
    }

    [Fact]
    public async Task A_job_goes_into_a_folder_of_its_own()
    {
        var folder = Path.Combine(Folder, "elsewhere");
        var job = await MakeAsync(new() { Library = folder }, Ordinary(2));

        Assert.Equal(0, (await Program.RunAsync("job", "run")).ExitCode);

        Assert.All(await ItemsAsync(job), item => Assert.StartsWith(folder + Path.DirectorySeparatorChar, item.Path, StringComparison.Ordinal));
        Assert.Empty(Visible());
    }

    [Fact]
    public async Task A_job_ends_when_as_many_have_failed_as_its_rule_allows()
    {
        var job = await MakeAsync(new() { MaxFailures = 1, Strategy = StrategyKind.Sequential }, [SampleIds.Gone, .. Ordinary(5)]);

        var ran = await Program.RunAsync("job", "run");

        Assert.Equal(JobStatus.Failed, (await FindAsync(job)).Status);
        Assert.NotEqual(0, ran.ExitCode);
        Assert.True((await FindAsync(job)).Counts.Cancelled > 0);
    }

    [Fact]
    public async Task Every_event_is_a_line_of_JSON_and_each_file_has_its_end()
    {
        await MakeAsync(new(), Ordinary(5));

        var ran = await Program.RunAsync("job", "run", "--json");

        var events = ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToArray();
        Assert.Equal(5, events.Count(happened => happened.GetProperty("event").GetString() == "item" && happened.GetProperty("item").GetProperty("status").GetString() == "placed"));
        Assert.Equal("completed", events.Last(happened => happened.GetProperty("event").GetString() == "job").GetProperty("job").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Interrupted_everything_is_given_back_and_the_next_run_goes_on()
    {
        var slow = Sandbox.Faults.Add(FaultText.Parse("total-bandwidth@4220=20000000"));
        var job = await MakeAsync(new(), SampleIds.Medium);
        using var process = Program.Start("job", "run");

        await ProcessSignal.InterruptWhenAsync(process, () => Sandbox.Ledger.Of(Medium).Served > 3_000_000);

        Assert.Equal(130, process.ExitCode);
        Assert.Equal((0, 1), ((await FindAsync(job)).Counts.Processing, (await FindAsync(job)).Counts.Pending));
        slow.Off();
        Assert.Equal(0, (await Program.RunAsync("job", "run")).ExitCode);
        Assert.InRange(Sandbox.Ledger.Of(Medium).ServedTwice, 0, 16 << 20);
    }

    [Fact]
    public async Task Another_terminal_watches()
    {
        var slow = Sandbox.Faults.Add(FaultText.Parse("total-bandwidth@4220=20000000"));
        var job = await MakeAsync(new(), [SampleIds.Medium, .. Ordinary(2)]);
        using var runs = await RunUntilServedAsync(1_000_000, "job", "run");
        using var watching = Program.Start("job", "watch", "last");
        Assert.StartsWith("Watching job", await watching.StandardError.ReadLineAsync(Cancel), StringComparison.Ordinal);
        slow.Off();

        var (output, error) = (await watching.StandardOutput.ReadToEndAsync(Cancel), await watching.StandardError.ReadToEndAsync(Cancel));
        await Task.WhenAll(watching.WaitForExitAsync(Cancel), runs.WaitForExitAsync(Cancel));

        Assert.Equal(0, watching.ExitCode);
        Assert.Contains("completed", error, StringComparison.Ordinal);
        Assert.Contains((await ItemsAsync(job)).Single(item => item.File.File.Value == Medium).Path!, output.Split('\n'));
    }

    [Fact]
    public async Task Another_terminal_sees_how_far_a_large_file_is()
    {
        Sandbox.Faults.Add(FaultText.Parse("total-bandwidth@4220=8000000"));
        var job = await MakeAsync(new(), SampleIds.Medium);
        using var runs = await RunUntilServedAsync(1_000_000, "job", "run");
        using var watching = Program.Start("job", "watch", Number(job), "--json");

        long present = 0;
        while (present < 10_000_000 && await watching.StandardOutput.ReadLineAsync(Cancel) is { } line)
        {
            var happened = JsonDocument.Parse(line).RootElement;
            if (happened.GetProperty("event").GetString() != "progress") continue;
            foreach (var running in happened.GetProperty("running").EnumerateArray()) present = running.GetProperty("bytesPresent").GetInt64();
        }

        Assert.InRange(present, 10_000_000, 64 << 20);
        await KillAsync(watching);
        await KillAsync(runs);
    }

    [Fact]
    public async Task Watched_from_elsewhere_a_job_outside_its_hours_says_what_it_waits_for()
    {
        var now = TimeOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime);
        var job = await MakeAsync(new() { Hours = new(now.AddHours(2), now.AddHours(3)) }, SampleIds.Plain);
        using var watching = Program.Start("job", "watch", Number(job), "--json");

        while (await watching.StandardOutput.ReadLineAsync(Cancel) is { } line)
        {
            var happened = JsonDocument.Parse(line).RootElement;
            if (happened.GetProperty("event").GetString() != "progress") continue;
            Assert.Equal("hours", happened.GetProperty("limit").GetString());
            break;
        }

        await KillAsync(watching);
    }

    private static async Task UntilSaysAsync(Process process, string text)
    {
        while (await process.StandardOutput.ReadLineAsync(Cancel) is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal)) return;
        }

        Assert.Fail($"It ended without saying {text}: {await process.StandardError.ReadToEndAsync(Cancel)}");
    }
}
