using System.Globalization;

namespace CivitaiDownloader.Bench;

/// <summary>A job of everything the Sandbox has: planned, made, listed, shown, and the room it takes.</summary>
internal static class JobScale
{
    public static async Task<IReadOnlyList<Scenario>> RunAsync(BenchRun run, int models)
    {
        await using var sandbox = await SandboxProcess.StartAsync(run.Program, models);
        var home = run.Fresh("home");
        string[] places = ["--endpoint", sandbox.Endpoint, "--home", home, "--library", run.Fresh("ours"), "--quiet"];
        var database = Path.Combine(home, "civitai-dl.db");

        var search = ChildProcess.Measure(run.Program, [.. places, "--no-cache", "search", "--all", "--nsfw", "--jsonl"]);
        ChildProcess.Run(run.Program, [.. places, "config", "list"]); // the database is there
        ChildProcess.Run(run.Program, [.. places, "job", "list"]);
        var before = Bytes(database);
        var plan = ChildProcess.Measure(run.Program, [.. places, "--no-cache", "job", "create", "--nsfw", "--all-versions", "--max-file-size", "10M", "--name", "large", "--yes", "--no-watch"]);
        var counted = await CountAsync(run, places);
        var grown = Bytes(database) - before;
        var lists = Enumerable.Range(0, 3).Select(_ => ChildProcess.Run(run.Program, [.. places, "job", "list"]).Wall).ToArray();
        var shows = Enumerable.Range(0, 3).Select(_ => ChildProcess.Run(run.Program, [.. places, "job", "show", "1"]).Wall).ToArray();
        var what = counted.ToString("N0", CultureInfo.InvariantCulture) + " files";
        var running = await RunningMemory.WatchAsync(run.Program, [.. places, "job", "run"], run.IsQuick ? TimeSpan.FromSeconds(15) : TimeSpan.FromSeconds(90));
        var third = running.Count / 3;
        return
        [
            One($"planning {what}: peak memory", "MiB", [plan.PeakMiB], 200),
            One($"planning {what}: wall", "s", [plan.Wall], null),
            One($"reading the same pages with search --jsonl: wall", "s", [search.Wall], null),
            One($"listing a job of {what}", "s", lists, 1),
            One($"showing a job of {what}", "s", shows, 1),
            new($"running a job of {what}: peak memory of the last third of {(run.IsQuick ? 15 : 90)} s", "MiB", new([running.TakeLast(third).Max()]), new Dictionary<string, Figure> { ["the first third"] = new([running.Take(third).Max()]) }, 1.1, "the first third"),
            One("database for each item", "B", [(double)grown / counted], 1024),
        ];
    }

    private static Scenario One(string name, string unit, IReadOnlyList<double> runs, double? bar) => new(name, unit, new(runs), new Dictionary<string, Figure>(), bar, null);

    private static readonly string[] Parts = ["", "-wal"];

    private static long Bytes(string database) => Parts.Sum(end => new FileInfo(database + end) is { Exists: true } file ? file.Length : 0);

    private static async Task<int> CountAsync(BenchRun run, string[] places)
    {
        using var process = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(run.Program, [.. places, "--json", "job", "list"]) { RedirectStandardOutput = true })!;
        using var json = System.Text.Json.JsonDocument.Parse(await process.StandardOutput.ReadToEndAsync());
        await process.WaitForExitAsync();
        return json.RootElement.GetProperty("jobs")[0].GetProperty("counts").GetProperty("total").GetInt32();
    }
}
