namespace CivitaiDownloader.Bench;

/// <summary>One large file with nothing between: what the programs themselves cost.</summary>
internal static class LoopbackTransfer
{
    private const string Aria2 = "aria2c -x4";
    private const string Curl = "curl";
    private const string CurlChecked = "curl, sha256sum";

    public static IEnumerable<Scenario> Run(BenchRun run, OriginFile file, bool https, int rounds)
    {
        using var origin = NginxCivitai.Start(run.Fresh("nginx"), new([file]) { Https = https });
        var (contest, took) = (new Contest(run, origin), new Rounds());
        for (var round = 0; round < rounds; round++)
        {
            took.Add(Rounds.Ours, contest.Ours());
            took.Add(Aria2, contest.Aria2(4));
            took.Add(Curl, contest.Curl());
            if (round == 0 || !run.IsQuick) took.Add(CurlChecked, contest.CurlChecked()); // many seconds a GiB where sha256sum has no instructions for it
        }

        var name = $"{TransferBench.Size(file.Bytes)}, {(https ? "HTTPS (TLS 1.3)" : "HTTP")}";
        double CpuOfGiB(Took one) => one.Cpu * (1 << 30) / file.Bytes;
        yield return took.Beside($"{name}: wall", "s", one => one.Wall, Aria2, https ? 0.7 : 0.55);
        yield return took.Beside($"{name}: wall, curl checks nothing", "s", one => one.Wall, Curl, https ? 1.3 : 1.15);
        yield return took.Beside($"{name}: wall, curl is checked", "s", one => one.Wall, CurlChecked, null);
        yield return took.Beside($"{name}: CPU for a GiB", "s", CpuOfGiB, Aria2, https ? 0.9 : 0.7);
        yield return took.Beside($"{name}: CPU for a GiB, curl is checked", "s", CpuOfGiB, CurlChecked, null);
        yield return took.Compare($"{name}: peak memory", "MiB", one => one.PeakMiB, Aria2, null);
    }
}
