namespace CivitaiDownloader.Bench;

/// <summary>One file over a line that is slow or far: each connection capped, then a cap on all of them and a round trip.</summary>
internal static class LineTransfer
{
    private const string Aria2 = "aria2c -x16 -s16";
    private const string One = "one connection";

    public static IEnumerable<Scenario> EachConnectionCapped(BenchRun run, OriginFile file, int rounds)
    {
        using var relay = new Relay(new() { BytesPerSecondOfEach = 8 << 20 });
        using var origin = NginxCivitai.Start(run.Fresh("nginx"), new([file]) { Relay = relay });
        var (contest, took) = (new Contest(run, origin), new Rounds());
        for (var round = 0; round < rounds; round++)
        {
            took.Add(Rounds.Ours, contest.Ours(16));
            took.Add(Aria2, contest.Aria2(16, TransferBench.SmallPieces));
            if (round == 0 || !run.IsQuick) took.Add(One, contest.Ours(1)); // half a minute each
        }

        var name = $"{TransferBench.Size(file.Bytes)}, 8 MiB/s per connection";
        yield return took.Beside($"{name}: wall", "s", one => one.Wall, Aria2, 1.02);
        yield return took.Beside($"{name}: MiB/s, 16 connections", "MiB/s", one => (file.Bytes >> 20) / one.Wall, One, 10) with { Side = BarSide.AtLeast };
    }

    public static IEnumerable<Scenario> FarAway(BenchRun run, OriginFile file, int milliseconds, int rounds)
    {
        using var relay = new Relay(new() { RoundTrip = TimeSpan.FromMilliseconds(milliseconds), BytesPerSecond = 50 << 20 });
        using var origin = NginxCivitai.Start(run.Fresh("nginx"), new([file]) { Relay = relay });
        var (contest, took) = (new Contest(run, origin), new Rounds());
        for (var round = 0; round < rounds; round++)
        {
            took.Add(Rounds.Ours, contest.Ours(16));
            took.Add(Aria2, contest.Aria2(16, TransferBench.SmallPieces));
        }

        yield return took.Beside($"{TransferBench.Size(file.Bytes)}, {milliseconds} ms round trip, 50 MiB/s in all: wall", "s", one => one.Wall, Aria2, 0.95);
    }
}
