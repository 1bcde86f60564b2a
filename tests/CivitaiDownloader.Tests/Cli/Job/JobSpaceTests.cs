using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Samples;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Job;

/// <summary>A job on a disk that is too small for it.</summary>
public sealed class JobSpaceTests : JobFixture
{
    [Fact]
    public async Task Where_the_database_is_on_the_full_disk_too_the_run_waits_and_goes_on_by_itself()
    {
        using var disk = SmallDisk.Mount(Folder, megabytes: 160);
        var slow = Sandbox.Faults.Add(FaultText.Parse("total-bandwidth@4220=8000000"));
        var job = await MakeAsync(new(), [SampleIds.Medium, .. Ordinary(3)]);
        using var process = await RunUntilAsync(() => Task.FromResult(Sandbox.Ledger.Of(SampleIds.Medium * 100).Served > 4_000_000), "job", "run");
        disk.Fill();
        while (await process.StandardError.ReadLineAsync(Cancel) is { } line && !line.Contains("waits for disk space", StringComparison.Ordinal)) { }

        Assert.False(process.HasExited);
        disk.MakeRoom();
        slow.Off();
        await process.WaitForExitAsync(Cancel);

        Assert.Equal(0, process.ExitCode);
        Assert.Equal((JobStatus.Completed, 4), ((await FindAsync(job)).Status, (await FindAsync(job)).Counts.Completed));
        await AssertPlacedOnceAsync(job);
    }

    [Fact]
    public async Task Paused_for_want_of_space_it_is_run_by_its_number_when_there_is_some()
    {
        var job = await MakeAsync(new(), SampleIds.Plain);
        await Store.ApplyAsync(job.Id, JobAction.Pause, PauseReason.NoSpace, Cancel);

        Assert.Equal(0, (await Program.RunAsync("job", "run", Number(job))).ExitCode);
        Assert.Equal(JobStatus.Completed, (await FindAsync(job)).Status);
    }

    [Fact]
    public async Task On_a_full_disk_it_pauses_itself_and_goes_on_when_there_is_space()
    {
        using var disk = SmallDisk.Mount(Library, megabytes: 160);
        disk.Fill(left: 8 << 20);
        var job = await MakeAsync(new(), SampleIds.Medium);
        using var process = await RunUntilAsync(async () => (await FindAsync(job)).PausedFor == PauseReason.NoSpace, "job", "run");

        var listed = await Program.RunAsync("job", "list");
        disk.MakeRoom();
        await process.WaitForExitAsync(Cancel);

        Assert.Contains("disk full", listed.Output, StringComparison.Ordinal);
        Assert.Equal(0, process.ExitCode);
        Assert.Equal(JobStatus.Completed, (await FindAsync(job)).Status);
        await AssertPlacedOnceAsync(job);
    }
}
