namespace CivitaiDownloader.Bench;

/// <summary>What is done with the catalogue: reading its pages, a search of ten thousand results, naming files on disk beside sha256sum on all cores, the start of the program.</summary>
internal static class CatalogBench
{
    private const int SmallFiles = 2000;

    public static async Task<IReadOnlyList<Scenario>> RunAsync(BenchRun run)
    {
        var scenarios = new List<Scenario>();
        BenchRun.Say("pages of the API into records ...");
        scenarios.AddRange(ReadPages(run));
        BenchRun.Say("start of the program ...");
        scenarios.Add(Start(run));
        await using var sandbox = await SandboxProcess.StartAsync(run.Program, models: 10_000);
        BenchRun.Say("search of 10,000 ...");
        scenarios.Add(Search(run, sandbox.Endpoint));
        BenchRun.Say($"identify, {run.Rounds} rounds ...");
        using (var files = SampleFiles.Make(run.Fresh("small"), SmallFiles, 16 << 10, 112 << 10)) scenarios.AddRange(Identify(run, sandbox.Endpoint, files, "2,000 small files"));
        var size = run.IsQuick ? 64 << 20 : 256 << 20;
        using (var files = SampleFiles.Make(run.Fresh("large"), 4, size, size)) scenarios.Add(Identify(run, sandbox.Endpoint, files, $"4 files of {size >> 20} MiB").First());
        return scenarios;
    }

    // Bytes of pages turned into records, measured inside this process: bars are the most that is allowed, so it is told as seconds for 100 MiB.
    private static IEnumerable<Scenario> ReadPages(BenchRun run)
    {
        var measured = Enumerable.Range(0, run.Rounds).Select(_ => PageReading.Measure(TimeSpan.FromSeconds(run.IsQuick ? 2 : 5))).ToArray();
        yield return new("100 MiB of pages into records", "s", new([.. measured.Select(read => 100 / read.MiBPerSecond)]), new Dictionary<string, Figure>(), 1, null);
        yield return new("allocated for a model", "KiB", new([.. measured.Select(read => read.BytesPerModel / 1024.0)]), new Dictionary<string, Figure>(), null, null);
    }

    // Many starts a sample: one is too short to time.
    private static Scenario Start(BenchRun run)
    {
        const int starts = 20;
        return new("--help", "ms", new([.. Enumerable.Range(0, run.Rounds).Select(_ => Enumerable.Range(0, starts).Sum(_ => ChildProcess.Run(run.Program, ["--help"]).Wall) / starts * 1000)]), new Dictionary<string, Figure>(), 60, null);
    }

    private static Scenario Search(BenchRun run, string endpoint) => new("search of 10,000: peak memory", "MiB",
        new([.. Enumerable.Range(0, run.IsQuick ? 1 : 3).Select(_ => ChildProcess.Measure(run.Program, [.. Places(run, endpoint), "search", "--all", "--nsfw", "--json"]).PeakMiB)]),
        new Dictionary<string, Figure>(), 64, null);

    /// <summary>The first run, which reads every byte and asks the host, beside sha256sum; then the second, which finds nothing changed.</summary>
    private static IEnumerable<Scenario> Identify(BenchRun run, string endpoint, SampleFiles files, string what)
    {
        // Not all names to one process, as xargs would without -n: that leaves cores idle.
        var each = Math.Max(1, Math.Min(100, files.Count / (2 * Environment.ProcessorCount)));
        var peer = $"find '{files.Folder}' -type f -print0 | xargs -0 -P {Environment.ProcessorCount} -n {each} sha256sum";
        List<double> first = [], second = [], sha256sum = [];
        for (var round = 0; round < run.Rounds; round++)
        {
            string[] identify = [.. Places(run, endpoint), "--json", "identify", files.Folder];
            first.Add(ChildProcess.Run(run.Program, identify).Wall);
            second.Add(ChildProcess.Run(run.Program, identify).Wall);
            sha256sum.Add(ChildProcess.Run("sh", ["-c", peer]).Wall);
        }

        var peers = new Dictionary<string, Figure> { ["sha256sum"] = new(sha256sum) };
        yield return new($"identify {what}", "s", new(first), peers, 1, "sha256sum");
        yield return new($"identify {what} once more", "s", new(second), peers, null, "sha256sum");
    }

    private static string[] Places(BenchRun run, string endpoint) => ["--endpoint", endpoint, "--home", run.Fresh("home"), "--library", run.Fresh("ours")];
}
