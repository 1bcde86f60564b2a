namespace CivitaiDownloader.Bench;

/// <summary>Peak memory: 16 connections over HTTPS beside aria2c's, then files from the smallest to the largest that fits on this disk.</summary>
internal static class TransferMemory
{
    private const string Aria2 = "aria2c -x16 -s16";

    // Models of the Sandbox, smallest first.
    private static readonly (int Model, string Size, long Bytes)[] Samples = [(4201, "a small file", 0), (4220, "64 MiB", 64 << 20), (4219, "1 GiB", 1 << 30), (4218, "20 GiB", 20L << 30), (4234, "100 GiB", 100L << 30)];

    public static Scenario SixteenConnections(BenchRun run, OriginFile file, int rounds)
    {
        using var origin = NginxCivitai.Start(run.Fresh("nginx"), new([file]) { Https = true });
        var (contest, took) = (new Contest(run, origin), new Rounds());
        for (var round = 0; round < rounds; round++)
        {
            took.Add(Rounds.Ours, contest.Ours(16));
            took.Add(Aria2, contest.Aria2(16, TransferBench.SmallPieces));
        }

        return took.Beside($"{TransferBench.Size(file.Bytes)}, HTTPS, 16 connections: peak memory", "MiB", one => one.PeakMiB, Aria2, 1);
    }

    /// <summary>Flat: the largest takes what the others took, give or take a quarter, which runs of one size differ by. On a disk, as memory does not hold it.</summary>
    public static async Task<Scenario> BySizeAsync(BenchRun run)
    {
        await using var sandbox = await SandboxProcess.StartAsync(run.Program, models: 100);
        var disk = Directory.CreateTempSubdirectory("civitai-dl-bench-").FullName;
        try
        {
            var free = new DriveInfo(disk).AvailableFreeSpace - (1L << 30);
            var samples = Samples.Where(sample => sample.Bytes <= 1 << 30 || !run.IsQuick).ToLookup(sample => sample.Bytes < free);
            foreach (var sample in samples[false]) BenchRun.Say($"{sample.Size} do not fit on this disk: not measured.");
            var peaks = samples[true].Select(sample => (sample.Size, Peak: Peak(run, sandbox.Endpoint, sample, disk))).ToArray();
            return new($"{peaks[^1].Size} from the Sandbox, 16 connections: peak memory", "MiB", peaks[^1].Peak, peaks[..^1].ToDictionary(peak => peak.Size, peak => peak.Peak), 1.25, peaks[^2].Size);
        }
        finally
        {
            Directory.Delete(disk, recursive: true);
        }
    }

    private static Figure Peak(BenchRun run, string endpoint, (int Model, string Size, long Bytes) sample, string disk)
    {
        var to = Path.Combine(disk, "to");
        string[] get = ["--endpoint", endpoint, "--home", Path.Combine(to, "home"), "--library", Path.Combine(to, "library"), "--quiet", .. BenchRun.Connections(16), "get", $"{sample.Model}"];
        return new([.. Enumerable.Range(0, sample.Bytes > 1 << 30 || run.IsQuick ? 1 : 3).Select(_ =>
        {
            var took = ChildProcess.Measure(run.Program, get);
            Directory.Delete(to, recursive: true);
            return took.PeakMiB;
        })]);
    }
}
