using System.Diagnostics;
using System.Text.Json;

namespace CivitaiDownloader.Bench;

/// <summary>
/// One file over loopback from nginx in memory, ours (verified) beside curl (no check) and aria2c -x4 (verified), in turn; then what does not depend on a
/// peer: memory for a file of 20 GiB, the start of the program, a search of a thousand results.
/// </summary>
internal static class LoopbackBench
{
    public static async Task<IReadOnlyList<Scenario>> RunAsync(BenchRun run)
    {
        var scenarios = new List<Scenario>();
        var bytes = run.IsQuick ? 512L << 20 : 1L << 30;
        var size = run.IsQuick ? "512 MiB" : "1 GiB";
        var file = OriginFile.Make(run.Fresh("origin"), bytes);
        foreach (var https in new[] { false, true })
        {
            BenchRun.Say($"{size} over {(https ? "HTTPS" : "HTTP")}, {run.Rounds} rounds ...");
            using var host = NginxCivitai.Start(run.Fresh("nginx"), new([file]) { Https = https });
            scenarios.AddRange(Compare(run, host, https, size));
        }

        run.Fresh("origin");

        BenchRun.Say("start of the program ...");
        scenarios.Add(Start(run));
        await using var sandbox = await SandboxProcess.StartAsync(run.Program, models: 2200);
        BenchRun.Say("search ...");
        scenarios.AddRange(Search(run, sandbox.Endpoint));
        BenchRun.Say(run.IsQuick ? "memory for 1 GiB from the Sandbox ..." : "memory for 1 GiB and 20 GiB from the Sandbox ...");
        scenarios.AddRange(Memory(run, sandbox.Endpoint));
        return scenarios;
    }

    private static IEnumerable<Scenario> Compare(BenchRun run, NginxCivitai host, bool https, string size)
    {
        var trust = new Dictionary<string, string> { ["SSL_CERT_FILE"] = host.Certificate };
        List<Took> ours = [], curl = [], aria2 = [];
        for (var round = 0; round < run.Rounds; round++)
        {
            var to = run.Fresh("ours");
            ours.Add(ChildProcess.Measure(run.Program, ["--endpoint", host.Api, "--home", Path.Combine(to, "home"), "--library", Path.Combine(to, "library"), "--quiet", "get", "1"], trust));
            to = run.Fresh("ours");
            curl.Add(ChildProcess.Measure("curl", ["-sS", "--fail", "--cacert", host.Certificate, "-o", Path.Combine(to, "file"), host.Link(host.Files[0])]));
            to = run.Fresh("ours");
            aria2.Add(ChildProcess.Measure("aria2c", ["-q", "-x4", "-s4", "--file-allocation=none", "--checksum=sha-256=" + host.Files[0].Sha256, "--ca-certificate=" + host.Certificate, "-d", to, "-o", "file", host.Link(host.Files[0])]));
        }

        run.Fresh("ours");
        var scheme = https ? "HTTPS" : "HTTP";
        yield return Make("wall", "s", took => took.Wall, https ? 0.95 : 0.7, "aria2c");
        yield return Make("CPU", "s", took => took.Cpu, null, "aria2c");
        yield return Make("peak memory", "MiB", took => took.PeakMiB, 24, null);

        Scenario Make(string what, string unit, Func<Took, double> of, double? bar, string? against) => new($"{size} {scheme}: {what}", unit, new([.. ours.Select(of)]),
            new Dictionary<string, Figure> { ["aria2c"] = new([.. aria2.Select(of)]), ["curl"] = new([.. curl.Select(of)]) }, bar, against);
    }

    // Many starts a sample: one is too short to time.
    private static Scenario Start(BenchRun run)
    {
        const int starts = 20;
        List<double> ours = [], aria2 = [];
        for (var round = 0; round < run.Rounds; round++)
        {
            ours.Add(Of(run.Program));
            aria2.Add(Of("aria2c"));
        }

        return new("--version", "ms", new(ours), new Dictionary<string, Figure> { ["aria2c"] = new(aria2) }, 3, "aria2c");

        static double Of(string program) => Enumerable.Range(0, starts).Sum(_ => ChildProcess.Run(program, ["--version"]).Wall) / starts * 1000;
    }

    private static IEnumerable<Scenario> Search(BenchRun run, string endpoint)
    {
        Figure Peak(int limit) => new([.. Enumerable.Range(0, 3).Select(_ => ChildProcess.Measure(run.Program,
            ["--endpoint", endpoint, "--home", run.Fresh("home"), "--library", run.Fresh("ours"), "search", "--nsfw", "--json", "--limit", $"{limit}"]).PeakMiB)]);
        // Flat: twice the results, the same memory.
        yield return new("search of 2,000 against 1,000: peak memory", "MiB", Peak(2000), new Dictionary<string, Figure> { ["1,000"] = Peak(1000) }, 1.1, "1,000");
    }

    private static IEnumerable<Scenario> Memory(BenchRun run, string endpoint)
    {
        // 20 GiB do not fit into memory; a disk takes them.
        var disk = Directory.CreateTempSubdirectory("civitai-dl-bench-").FullName;
        try
        {
            foreach (var (model, size) in run.IsQuick ? [(4219, "1 GiB")] : new[] { (4219, "1 GiB"), (4218, "20 GiB") })
            {
                var took = ChildProcess.Measure(run.Program, ["--endpoint", endpoint, "--home", Path.Combine(disk, "home"), "--library", Path.Combine(disk, "library"), "--quiet", "get", $"{model}"]);
                yield return new($"{size} from the Sandbox: peak memory", "MiB", new([took.PeakMiB]), new Dictionary<string, Figure>(), 24, null);
                Directory.Delete(Path.Combine(disk, "library"), recursive: true);
            }
        }
        finally
        {
            Directory.Delete(disk, recursive: true);
        }
    }
}
