namespace CivitaiDownloader.Bench;

/// <summary>An origin that refuses some requests, behind a line that is cut again and again: every round with other cuts, the same for all who run in it.</summary>
internal static class FaultyTransfer
{
    private const string Aria2 = "aria2c -x16, retries";

    // Without a wait aria2c gives up at the first 503; one second is the shortest there is. Tries without end.
    private static readonly string[] Retries = [.. TransferBench.SmallPieces, "--max-tries=0", "--retry-wait=1"];

    public static IEnumerable<Scenario> Run(BenchRun run, OriginFile file, int rounds)
    {
        using var relay = new Relay(new() { MeanBytesUntilCut = 8 << 20 });
        using var origin = NginxCivitai.Start(run.Fresh("nginx"), new([file]) { Relay = relay, RefusedPercent = 2 });
        var (contest, took) = (new Contest(run, origin), new Rounds());
        for (var round = 0; round < rounds; round++)
        {
            relay.StartOver(round);
            took.Add(Rounds.Ours, contest.Ours(16));
            relay.StartOver(round);
            took.Add(Aria2, contest.Aria2(16, Retries));
        }

        var name = $"{TransferBench.Size(file.Bytes)}, cut every 8 MiB, 2 % answered 503";
        yield return took.Beside($"{name}: wall", "s", one => one.Wall, Aria2, 0.5);
        yield return took.Beside($"{name}: finished", "of 1", one => double.IsFinite(one.Wall) ? 1 : 0, Aria2, null) with { Bar = 1, Against = null, Side = BarSide.AtLeast };
    }
}
