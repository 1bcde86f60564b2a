using Xunit;

namespace CivitaiDownloader.Tests.Transfer.Torture;

/// <summary>Each thing that a network can do to a transfer, alone: the right file every time.</summary>
public abstract class SingleFaultContract(int connections)
{
    private const int Seed = 20261125;
    private const long Bytes = (24 << 20) + 4321;
    private const long Mebi = 1 << 20;

    private static readonly Dictionary<string, Func<int, RelayCourse>> Faults = new(StringComparer.Ordinal)
    {
        ["nothing"] = _ => RelayCourse.Plain,
        ["latency and jitter"] = _ => new() { Latency = Milliseconds(20), Jitter = Milliseconds(20) },
        ["bandwidth"] = _ => new() { BytesPerSecond = 20_000_000 },
        ["slow close"] = _ => new() { After = 9 * Mebi, Ending = RelayEnding.SlowClose },
        ["timeout"] = number => number > 2 ? RelayCourse.Plain : new() { After = Mebi, Ending = RelayEnding.Silence },
        ["timeout in the head"] = number => number > 2 ? RelayCourse.Plain : new() { After = 30, Ending = RelayEnding.Silence },
        ["reset peer"] = _ => new() { After = 3 * Mebi, Ending = RelayEnding.Reset },
        ["reset peer at once"] = number => number > 3 ? RelayCourse.Plain : new() { Ending = RelayEnding.Reset },
        ["slicer"] = _ => new() { SliceBytes = 1500 },
        ["slicer of single bytes"] = number => new() { SliceBytes = number > 2 ? 4000 : 40 },
        ["limit data"] = _ => new() { After = 2 * Mebi, Ending = RelayEnding.Close },
        ["limit data, each connection a little"] = number => new() { After = 100_000, Ending = number > 60 ? null : RelayEnding.Close },
        ["limit data in the head"] = number => number > 3 ? RelayCourse.Plain : new() { After = 40, Ending = RelayEnding.Close },
        ["limit data before the head"] = number => number > 3 ? RelayCourse.Plain : new() { Ending = RelayEnding.Close },
        ["trickle"] = number => number > 2 ? RelayCourse.Plain : new() { After = Mebi, TrickledBytes = 2 },
        ["trickle from the first byte"] = number => number > 1 ? RelayCourse.Plain : new() { TrickledBytes = 2 },
        ["truncate"] = number => number > 8 ? RelayCourse.Plain : new() { TruncatedBytes = 1000 },
        ["truncate one byte"] = number => number > 8 ? RelayCourse.Plain : new() { TruncatedBytes = 1 },
        ["corrupt"] = number => number > 3 ? RelayCourse.Plain : new() { Flips = [700_000] },
        ["corrupt in many places"] = number => number > 1 ? RelayCourse.Plain : new() { Flips = [.. Enumerable.Range(0, 24).Select(mebi => (mebi * Mebi) + 5000)] },
        ["corrupt the first byte"] = number => number > 1 ? RelayCourse.Plain : new() { Flips = [0, 1] }, // of the probe, where there is one, and of the file
        ["corrupt and cut"] = number => number > 2 ? RelayCourse.Plain : new() { Flips = [Mebi, 2 * Mebi], After = 5 * Mebi, Ending = RelayEnding.Reset },
        ["lost bytes"] = number => number > 2 ? RelayCourse.Plain : new() { After = 900_000, LostBytes = 100 },
        ["stall"] = _ => new() { After = 2 * Mebi, Pause = Milliseconds(400) },
        ["stall beyond patience"] = number => number > 2 ? RelayCourse.Plain : new() { After = 2 * Mebi, Pause = Milliseconds(1500) },
        ["half-close"] = _ => new() { After = 3 * Mebi, Ending = RelayEnding.HalfClose },
        ["refuse at first"] = number => number > 3 ? RelayCourse.Plain : new() { Ending = RelayEnding.Refuse },
        ["refuse for a while"] = number => number switch { 1 => new() { After = 4 * Mebi, Ending = RelayEnding.Reset }, <= 13 => new() { Ending = RelayEnding.Refuse }, _ => RelayCourse.Plain },
        ["refuse every other"] = number => number % 2 == 0 ? new() { Ending = RelayEnding.Refuse } : new() { After = 3 * Mebi, Ending = RelayEnding.Close },
    };

    public static TheoryData<string> Each() => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Each))]
    public async Task The_file_arrives_whole_through(string fault) => await TorturedTransfer.RunAsync(new(Seed, connections, Bytes, Faults[fault]));

    [Fact]
    public async Task An_origin_that_is_overloaded_at_first_gives_the_file_in_the_end() =>
        await TorturedTransfer.RunAsync(new(Seed, connections, Bytes, _ => RelayCourse.Plain) { Overloaded = 3 });

    [Theory]
    [InlineData(1L)]
    [InlineData(2L)]
    [InlineData(65_537L)]
    [InlineData(1048575L)]
    [InlineData(1048577L)]
    public async Task Small_files_arrive_whole_through_cuts(long bytes) =>
        await TorturedTransfer.RunAsync(new(Seed, connections, bytes, number => number > 3 ? RelayCourse.Plain : new() { After = 300 + (bytes / 2), Ending = RelayEnding.Close }));

    private static TimeSpan Milliseconds(int milliseconds) => TimeSpan.FromMilliseconds(milliseconds);
}

public sealed class SingleFaultOnOneConnectionTests() : SingleFaultContract(connections: 1);

public sealed class SingleFaultOnManyConnectionsTests() : SingleFaultContract(connections: 8)
{
    [Fact]
    public async Task A_connection_that_trickles_for_ever_holds_up_nobody()
    {
        // A byte each half second is never silence; what is left to that connection others must take over.
        var took = await TorturedTransfer.RunAsync(new(20261125, 8, 12 << 20, number => number == 3
            ? new() { After = 256 << 10, TrickledBytes = long.MaxValue, TrickleEvery = TimeSpan.FromMilliseconds(500) }
            : new() { BytesPerSecond = 3_000_000 }));

        Assert.InRange(took.TotalSeconds, 0, 20);
    }
}
