using CivitaiDownloader.Jobs.Lifecycle;
using CivitaiDownloader.Jobs.Store;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Tests.Transfer.Torture;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Job;

/// <summary>A job of 200 files whose processes are killed at random moments: every file comes once, none is lost, none is stuck.</summary>
public sealed class JobKillTests : JobFixture
{
    private const int Files = 200;

    private protected override int Models => 320;

    [Fact]
    public async Task Killed_again_and_again_every_item_has_its_end_once()
    {
        var seed = TortureSettings.Seeds(first: 61_000, share: 1, full: 1).First();
        var random = new Random(seed);
        var kills = Soak.Count(share: 5, full: 100);
        var job = await MakeAsync(new() { Strategy = StrategyKind.Parallel, Parallel = 2 }, Ordinary(Files));
        Assert.Equal(Files, job.Counts.Total);
        var slow = Sandbox.Faults.Add(FaultText.Parse("delay@storage=800")); // so that there is work left for every kill
        var killed = 0;
        while (killed < kills && !JobLifecycle.IsOver((await FindAsync(job)).Status))
        {
            var process = Program.Start("job", "run");
            await UntilAsync(async () => process.HasExited || (await FindAsync(job)).Counts.Processing > 0);
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, 1200)), TimeProvider.System, Cancel); // where in an item's way it is killed is left to chance
            if (!process.HasExited) killed++;
            await KillAsync(process);
        }

        slow.Off();
        var ran = await Program.RunAsync("job", "run");

        TestContext.Current.TestOutputHelper?.WriteLine($"seed {seed}: {killed} kills");
        Assert.True(killed >= kills * 9 / 10, $"only {killed} kills came before the end");
        Assert.True(ran.ExitCode == 0, $"seed {seed}: {ran.Error}");
        var record = await FindAsync(job);
        Assert.Equal(JobStatus.Completed, record.Status);
        Assert.Equal(Files, record.Counts.Completed + record.Counts.Skipped);
        await AssertPlacedOnceAsync(job);
        Assert.Empty(Staged());
    }
}
