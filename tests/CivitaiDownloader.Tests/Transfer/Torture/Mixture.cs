namespace CivitaiDownloader.Tests.Transfer.Torture;

/// <summary>Ordeals drawn from a seed: any number of faults on the first connections, a line that is merely odd behind them. The origin can always be had in the end.</summary>
internal static class Mixture
{
    public static Ordeal Draw(int seed)
    {
        var random = new Random(seed);
        var connections = random.Next(1, 17);
        var bytes = random.NextInt64(4 << 20, 40 << 20);
        var silences = 3; // each costs a second
        var lies = random.Next(4) == 0 ? random.Next(1, 4) : 0;
        RelayCourse[] troubled = [.. Enumerable.Range(0, random.Next(1, 13 + connections)).Select(_ => Troubled(random, bytes, ref silences, ref lies))];
        var odd = Odd(random);
        return new(seed, connections, bytes, number => number <= troubled.Length ? troubled[number - 1] : odd) { Overloaded = random.Next(3) == 0 ? random.Next(1, 4) : 0 };
    }

    private static RelayCourse Troubled(Random random, long bytes, ref int silences, ref int lies)
    {
        var course = Odd(random) with { After = Position(random, bytes) };
        if (lies > 0 && random.Next(2) == 0)
        {
            lies--;
            course = random.Next(4) == 0
                ? course with { LostBytes = random.Next(1, 5000) }
                : course with { Flips = [.. Enumerable.Range(0, random.Next(1, 5)).Select(_ => Position(random, bytes))] };
        }

        switch (random.Next(10))
        {
            case 0: return course;
            case 1: return course with { Pause = TimeSpan.FromMilliseconds(random.Next(1, 800)) };
            case 2: return course with { TruncatedBytes = random.Next(1, 100_000) };
            case 3 when silences-- > 0: return course with { TrickledBytes = 1 };
            case 4 when silences-- > 0: return course with { Ending = RelayEnding.Silence };
            case 5: return course with { Ending = RelayEnding.HalfClose };
            case 6: return course with { Ending = RelayEnding.SlowClose, Wait = TimeSpan.FromMilliseconds(random.Next(1, 500)) };
            case 7: return course with { Ending = RelayEnding.Refuse };
            case 8: return course with { Ending = RelayEnding.Reset };
            default: return course with { Ending = RelayEnding.Close };
        }
    }

    private static RelayCourse Odd(Random random) => new()
    {
        Latency = random.Next(3) == 0 ? TimeSpan.FromMilliseconds(random.Next(30)) : TimeSpan.Zero,
        Jitter = random.Next(3) == 0 ? TimeSpan.FromMilliseconds(random.Next(30)) : TimeSpan.Zero,
        SliceBytes = random.Next(4) == 0 ? random.Next(700, 20_000) : null,
        BytesPerSecond = random.Next(4) == 0 ? random.Next(15_000_000, 80_000_000) : null,
    };

    // Heads, the first bytes, and anywhere: a uniform draw would hardly ever meet a head.
    private static long Position(Random random, long bytes) => random.Next(3) switch
    {
        0 => random.Next(600),
        1 => random.NextInt64(1 << 20),
        _ => random.NextInt64(bytes),
    };
}
