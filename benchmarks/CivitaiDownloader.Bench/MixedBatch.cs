namespace CivitaiDownloader.Bench;

/// <summary>Large and small files together over a line that is far and slow for each connection: what strategies are for.</summary>
internal static class MixedBatch
{
    private const int Large = 20, Small = 480;

    public static IEnumerable<Scenario> Run(BenchRun run, int rounds)
    {
        var folder = run.Fresh("origin");
        // Large ones scattered among small ones, as a search finds them.
        var files = Enumerable.Range(1, Large + Small).Select(number => OriginFile.Make(folder, number % ((Large + Small) / Large) == 0 ? 32 << 20 : 200 << 10, number)).ToArray();
        using var relay = new Relay(new() { RoundTrip = TimeSpan.FromMilliseconds(40), BytesPerSecondOfEach = 8 << 20 });
        using var origin = NginxCivitai.Start(run.Fresh("nginx"), new(files) { Https = true, Http2 = true, Relay = relay });
        var (contest, took) = (new Contest(run, origin), new Rounds());
        int[] parallel = run.IsQuick ? [4, 16] : [1, 2, 4, 8, 16, 32];
        (int Files, int Connections)[] peers = run.IsQuick ? [(16, 4)] : [(4, 16), (16, 1), (16, 4), (16, 16)];
        for (var round = 0; round < rounds; round++)
        {
            took.Add(Rounds.Ours, contest.Job("--strategy", "adaptive"));
            if (round == 0) took.Add("sequential", contest.Job("--strategy", "sequential")); // minutes
            foreach (var count in parallel) took.Add($"parallel {count}", contest.Job("--strategy", "parallel", "--parallel", $"{count}"));
            foreach (var (at, connections) in peers) took.Add($"aria2c -j{at} -x{connections}", contest.Aria2(connections, [$"-j{at}", .. TransferBench.SmallPieces]));
        }

        var name = $"{Large} files of 32 MiB and {Small} of 200 KiB, 40 ms, 8 MiB/s per connection, adaptive: wall";
        yield return took.Beside(name, "s", one => one.Wall, "sequential", 0.6);
        yield return took.Beside(name, "s", one => one.Wall, Best(took, parallel.Select(count => $"parallel {count}")), 0.95);
        yield return took.Beside(name, "s", one => one.Wall, Best(took, peers.Select(peer => $"aria2c -j{peer.Files} -x{peer.Connections}")), 0.7);
    }

    private static string Best(Rounds took, IEnumerable<string> who) => who.MinBy(one => took.Of(one, run => run.Wall).Median)!;
}
