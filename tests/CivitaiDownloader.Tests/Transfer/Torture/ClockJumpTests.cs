using Xunit;

namespace CivitaiDownloader.Tests.Transfer.Torture;

/// <summary>The time of day is no measure of waiting: set it as you like, faults are met as ever.</summary>
public sealed class ClockJumpTests
{
    private const int Seed = 71_000;

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task A_clock_that_jumps_by_hours_disturbs_no_transfer(int connections)
    {
        var clock = new JumpingClock(Seed);
        RelayCourse[] first =
        [
            new() { After = 1 << 20, Ending = RelayEnding.Reset },
            new() { After = 2 << 20, Ending = RelayEnding.Silence },
            new() { After = 100, Ending = RelayEnding.Close },
            new() { BytesPerSecond = 8_000_000, Pause = TimeSpan.FromMilliseconds(300) },
        ];

        var took = await TorturedTransfer.RunAsync(new(Seed, connections, 16 << 20, number => number <= first.Length ? first[number - 1] : RelayCourse.Plain) { Overloaded = 2, Time = clock });

        Assert.InRange(took.TotalSeconds, 0, 15);
        Assert.NotEqual(0, clock.Looks);
    }
}
