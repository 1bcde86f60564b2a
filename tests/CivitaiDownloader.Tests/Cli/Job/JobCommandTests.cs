using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Samples;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Job;

/// <summary>Commands to jobs that somebody works on, that share files with others, or that are over.</summary>
public sealed class JobCommandTests : JobFixture
{
    [Fact]
    public async Task Removed_right_after_it_was_cancelled_nobody_goes_on_with_it()
    {
        Sandbox.Faults.Add(FaultText.Parse("total-bandwidth@4220=10000000"));
        var job = await MakeAsync(new(), SampleIds.Medium);
        using var process = await RunUntilServedAsync(1_000_000, "job", "run", "--stay");

        await Store.ApplyAsync(job.Id, JobAction.Cancel, null, Cancel);
        Assert.Equal(JobFault.InHand, (await Assert.ThrowsAsync<JobException>(() => Store.RemoveAsync(job.Id, Cancel))).Fault); // the run has not looked yet
        Assert.Equal(0, (await Program.RunAsync("job", "remove", Number(job))).ExitCode);

        Assert.Empty(await Store.ListAsync(Cancel));
        await UntilAsync(() => Task.FromResult(OpenConnections.Of(process) == 0), process);
        await KillAsync(process);
    }

    [Fact]
    public async Task Discarding_can_be_done_later_and_again()
    {
        Sandbox.Faults.Add(FaultText.Parse("total-bandwidth@4220=20000000"));
        var job = await MakeAsync(new(), SampleIds.Medium);
        using var process = await RunUntilServedAsync(2_000_000, "job", "run");
        await Program.RunAsync("job", "cancel", Number(job));
        await process.WaitForExitAsync(Cancel);
        Assert.NotEmpty(Staged());

        var discarded = await Program.RunAsync("job", "cancel", Number(job), "--discard");
        var again = await Program.RunAsync("job", "cancel", Number(job), "--discard");

        Assert.Equal((0, 0), (discarded.ExitCode, again.ExitCode));
        Assert.Contains("MiB removed", discarded.Error, StringComparison.Ordinal);
        Assert.Contains("0 B removed", again.Error, StringComparison.Ordinal);
        Assert.Empty(Staged());
        Assert.Equal(1, (await Program.RunAsync("job", "cancel", Number(job))).ExitCode);
    }

    [Fact]
    public async Task What_another_job_goes_on_with_is_not_discarded()
    {
        Sandbox.Faults.Add(FaultText.Parse("total-bandwidth@4220=20000000"));
        var paused = await MakeAsync(new(), SampleIds.Medium);
        using var process = await RunUntilServedAsync(2_000_000, "job", "run", Number(paused));
        await Store.ApplyAsync(paused.Id, JobAction.Pause, PauseReason.Asked, Cancel);
        await UntilAsync(async () => (await FindAsync(paused)).Counts.Processing == 0);
        await KillAsync(process);
        var other = await MakeAsync(new(), SampleIds.Medium);

        var discarded = await Program.RunAsync("job", "cancel", Number(other), "--discard");

        Assert.Contains("1 file kept: another job goes on with it", discarded.Error, StringComparison.Ordinal);
        Assert.NotEmpty(Staged());
        await Program.RunAsync("job", "cancel", Number(paused), "--discard");
        Assert.Empty(Staged());
    }

    [Fact]
    public async Task Nobody_at_work_is_told_to_who_watches()
    {
        var job = await MakeAsync(new() { BytesPerSecond = 1000 }, SampleIds.Medium);
        using var watch = Program.Start("job", "watch", Number(job), "--json");

        await UntilAsync(async () => (await watch.StandardOutput.ReadLineAsync(Cancel))?.Contains("\"limit\":\"nobody\"", StringComparison.Ordinal) == true, watch);

        await KillAsync(watch);
    }

    [Fact]
    public async Task A_cancelled_job_waits_for_nothing()
    {
        Sandbox.Faults.Add(FaultText.Parse("total-bandwidth@4220=10000000"));
        var job = await MakeAsync(new(), SampleIds.Medium);
        using var process = await RunUntilServedAsync(1_000_000, "job", "run");

        await Program.RunAsync("job", "cancel", Number(job));
        await process.WaitForExitAsync(Cancel);

        Assert.DoesNotContain("waits for", await process.StandardError.ReadToEndAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Called_after_a_models_number_a_job_is_found_by_it()
    {
        var made = await Program.RunAsync("job", "create", "4201", "--yes", "--no-watch");
        Assert.Contains("Job 1 '4201'", made.Output, StringComparison.Ordinal);

        var shown = await Program.RunAsync("job", "show", "4201", "--json");

        Assert.Equal(0, shown.ExitCode);
    }

    [Theory]
    [InlineData("12")]
    [InlineData("#7")]
    [InlineData("last")]
    public async Task A_name_that_means_another_job_is_refused(string name)
    {
        var refused = await Program.RunAsync("job", "create", "4201", "--no-watch", "--name", name);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains($"--name '{name}' cannot be told from a job's number or `last`", refused.Error, StringComparison.Ordinal);
        Assert.Empty(await Store.ListAsync(Cancel));
    }

    [Theory]
    [InlineData("nothing to make a job of")]
    [InlineData("'nonsense' is not a target", "nonsense")]
    [InlineData("--parallel is for --strategy parallel", "4201", "--strategy", "sequential", "--parallel", "4")]
    [InlineData("no terminal to ask on", "4201")]
    public async Task A_mistake_is_told_before_it_is_told_that_nobody_can_be_asked(string words, params string[] arguments)
    {
        var refused = await Program.RunAsync(["job", "create", .. arguments]);

        Assert.Equal(2, refused.ExitCode);
        Assert.Contains(words, refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Items_that_are_none_of_the_job_are_told_and_each_is_counted_once()
    {
        var job = await MakeAsync(new(), Ordinary(2));
        var item = (await ItemsAsync(job))[0].Id.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);

        var given = await Program.RunAsync("job", "priority", Number(job), "high", "--item", item, "--item", item, "--item", "999999");

        Assert.Equal(0, given.ExitCode);
        Assert.Contains("has 1 item of high priority", given.Error, StringComparison.Ordinal);
        Assert.Contains("is no item of job", given.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("priority", "high")]
    [InlineData("reorder", "--first")]
    public async Task What_is_over_has_no_order(string command, string how)
    {
        var job = await MakeAsync(new(), Ordinary(1));
        await Store.ApplyAsync(job.Id, JobAction.Cancel, null, Cancel);

        var refused = await Program.RunAsync("job", command, Number(job), how);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("is cancelled", refused.Error, StringComparison.Ordinal);
    }
}
