namespace CivitaiDownloader.Bench;

/// <summary>One packet in a hundred is lost, in a network of its own; nginx and the programs are in it. Packets are as small as outside.</summary>
internal static class LossyTransfer
{
    private const string Aria2 = "aria2c -x16 -s16";
    private const string Loss = "table inet loss { chain in { type filter hook input priority 0; numgen random mod 100 0 drop; }; }";

    public static IEnumerable<Scenario> Run(BenchRun run, OriginFile file, int rounds)
    {
        var name = $"{TransferBench.Size(file.Bytes)}, 1 % of packets lost: wall";
        try
        {
            return [NetworkOfOnesOwn.Inside(() => Measure(run, file, name, rounds))];
        }
        catch (InvalidOperationException refused)
        {
            return [Scenario.NotHere(name, "s", refused.Message)];
        }
    }

    private static Scenario Measure(BenchRun run, OriginFile file, string name, int rounds)
    {
        ChildProcess.Run("ip", ["link", "set", "lo", "up", "mtu", "1500", "gso_max_segs", "1"]);
        using var origin = NginxCivitai.Start(run.Fresh("nginx"), new([file]));
        ChildProcess.Run("nft", [Loss]);
        var (contest, took) = (new Contest(run, origin), new Rounds());
        for (var round = 0; round < rounds; round++)
        {
            took.Add(Rounds.Ours, contest.Ours(16));
            took.Add(Aria2, contest.Aria2(16, TransferBench.SmallPieces));
        }

        return took.Beside(name, "s", one => one.Wall, Aria2, 0.9);
    }
}
