namespace CivitaiDownloader.Bench;

/// <summary>What being an item of a job costs: the CPU of a job of files of one byte, less that of getting the same files without one.</summary>
internal static class ItemCost
{
    public static IEnumerable<Scenario> Run(BenchRun run, int count)
    {
        var folder = run.Fresh("origin");
        var files = Enumerable.Range(1, count).Select(number => OriginFile.Make(folder, 1, number)).ToArray();
        using var origin = NginxCivitai.Start(run.Fresh("nginx"), new(files));
        var list = Path.Combine(run.Fresh("list"), "targets");
        File.WriteAllLines(list, files.Select(file => $"{file.Model}@{file.Version}"));
        List<double> costs = [], peaks = [];
        for (var round = 0; round < run.Rounds; round++)
        {
            var get = ChildProcess.Measure("sh", ["-c", $"exec '{run.Program}' {string.Join(' ', Places(run, origin, "home-get", "to-get"))} get - < '{list}'"]);
            string[] places = Places(run, origin, "home-job", "to-job");
            ChildProcess.Run(run.Program, [.. places, "job", "create", "--from", list, "--yes", "--no-watch"]);
            var job = ChildProcess.Measure(run.Program, [.. places, "job", "run"]);
            costs.Add((job.Cpu - get.Cpu) / count * 1000);
            peaks.Add(job.PeakMiB);
        }

        yield return new("an item of 1 byte: CPU beyond its download", "ms", new(costs), new Dictionary<string, Figure>(), 1, null);
        yield return new($"a job of {count} items of 1 byte: peak memory", "MiB", new(peaks), new Dictionary<string, Figure>(), 200, null);
    }

    private static string[] Places(BenchRun run, NginxCivitai origin, string home, string library) =>
        ["--endpoint", origin.Api, "--home", run.Fresh(home), "--library", run.Fresh(library), "--quiet"];
}
