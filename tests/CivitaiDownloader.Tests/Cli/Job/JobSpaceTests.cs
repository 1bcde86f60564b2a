using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Sandbox.Samples;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Job;

/// <summary>A job on a disk that is too small for it.</summary>
public sealed class JobSpaceTests : JobFixture
{
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
