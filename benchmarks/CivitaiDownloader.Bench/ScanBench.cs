namespace CivitaiDownloader.Bench;

/// <summary>
/// How long it takes to judge files, each run with an empty memory of results: checkpoints and safetensors of 4 GiB, whose weights are passed over; a pickle of nothing but opcodes; many small files.
/// Beside sha256sum, which reads every byte once, and clamscan with a single signature, where it can be installed. Every file is harmless: a run that finds something fails.
/// </summary>
internal static class ScanBench
{
    public const string About = "Time to a verdict, with an empty memory of results each time, files in memory. sha256sum reads every byte once; clamscan has a single signature of its own and looks for that. "
        + "Weights are holes: the formats' readers pass them over, so what is in them does not matter. Every file must come out clean.";

    private const int Tensors = 700;
    private const long OfEach = 6 << 20; // 700 of these are 4.1 GiB

    public static Task<IReadOnlyList<Scenario>> RunAsync(BenchRun run)
    {
        var scenarios = new List<Scenario>();
        Large(run, scenarios, "4 GiB safetensors", path => ScanFiles.WriteSafetensors(path, Tensors, OfEach), "model.safetensors", bar: 1);
        Large(run, scenarios, "4 GiB zip checkpoint", path => TorchFiles.WriteZip(path, Tensors, OfEach), "model.ckpt", bar: 1);
        Large(run, scenarios, "1 GiB checkpoint of the older kind", path => TorchFiles.WriteLegacy(path, Tensors / 4, OfEach), "model.pt", bar: 1);
        Opcodes(run, scenarios, run.IsQuick ? 64 : 512);
        Many(run, scenarios, run.IsQuick ? 2_000 : 10_000);
        return Task.FromResult<IReadOnlyList<Scenario>>(scenarios);
    }

    private static void Large(BenchRun run, List<Scenario> scenarios, string what, Action<string> write, string name, double bar)
    {
        if (!run.Wants(what)) return;
        BenchRun.Say($"{what} ...");
        var path = Path.Combine(run.Fresh("files"), name);
        write(path);
        var ours = Ours(run, path);
        var peers = new Dictionary<string, Figure> { ["sha256sum"] = new([ChildProcess.Run("sha256sum", [path]).Wall]) };
        scenarios.Add(new($"{what}: wall", "s", new([.. ours.Select(took => took.Wall)]), peers, bar, null));
        scenarios.Add(Memory(what, ours));
    }

    private static void Opcodes(BenchRun run, List<Scenario> scenarios, int mebibytes)
    {
        var what = $"{mebibytes} MiB of opcodes";
        if (!run.Wants(what)) return;
        BenchRun.Say($"{what} ...");
        var path = Path.Combine(run.Fresh("files"), "list.pkl");
        TorchPickle.WriteMany(path, (long)mebibytes << 20);
        var ours = Ours(run, path);
        var peers = new Dictionary<string, Figure> { ["sha256sum"] = new([mebibytes / ChildProcess.Run("sha256sum", [path]).Wall]) };
        if (ClamScan(run, path) is { } clam) peers["clamscan"] = new([mebibytes / clam.Wall]);
        scenarios.Add(new($"{what}: rate", "MiB/s", new([.. ours.Select(took => mebibytes / took.Wall)]), peers, 300, null) { Side = BarSide.AtLeast });
        scenarios.Add(Memory(what, ours));
    }

    private static void Many(BenchRun run, List<Scenario> scenarios, int count)
    {
        var what = $"{count:#,0} small files";
        if (!run.Wants(what)) return;
        BenchRun.Say($"{what} ...");
        var folder = run.Fresh("files");
        ScanFiles.WriteMixed(folder, count);
        List<Took> first = [], again = [];
        for (var round = 0; round < run.Rounds; round++)
        {
            var home = run.Fresh("home");
            first.Add(Scan(run, home, folder));
            again.Add(Scan(run, home, folder));
        }

        var hashing = ChildProcess.Run("sh", ["-c", $"find '{folder}' -type f -print0 | xargs -0 -P {Environment.ProcessorCount} -n 500 sha256sum"]);
        var peers = new Dictionary<string, Figure> { ["sha256sum"] = new([count / hashing.Wall]) };
        if (ClamScan(run, folder) is { } clam) peers["clamscan"] = new([count / clam.Wall]);
        scenarios.Add(new($"{what}: rate", "files/s", new([.. first.Select(took => count / took.Wall)]), peers, 2000, null) { Side = BarSide.AtLeast });
        scenarios.Add(new($"{what} known from before: rate", "files/s", new([.. again.Select(took => count / took.Wall)]), peers, 2000, null) { Side = BarSide.AtLeast });
        scenarios.Add(Memory(what, first));
    }

    private static Scenario Memory(string what, IEnumerable<Took> ours) => new($"{what}: peak memory", "MiB", new([.. ours.Select(took => took.PeakMiB)]), new Dictionary<string, Figure>(), 100, null);

    private static Took[] Ours(BenchRun run, string path) => [.. Enumerable.Range(0, run.Rounds).Select(_ => Scan(run, run.Fresh("home"), path))];

    private static Took Scan(BenchRun run, string home, string path) => ChildProcess.Measure(run.Program, ["--home", home, "--quiet", "scan", path]);

    // A signature that nothing has: what is timed is the looking.
    private static Took? ClamScan(BenchRun run, string path)
    {
        var database = Path.Combine(run.Fresh("clam"), "own.ndb");
        File.WriteAllText(database, "Bench.Nothing:0:*:6e6f626f64792d6861732d74686573652d6279746573\n");
        try
        {
            return ChildProcess.Run("clamscan", ["--recursive", "--infected", "--no-summary", "--database=" + database, "--max-filesize=2000M", "--max-scansize=2000M", path]);
        }
        catch (InvalidOperationException missing)
        {
            BenchRun.Say($"clamscan was left out: {missing.Message}");
            return null;
        }
    }
}
