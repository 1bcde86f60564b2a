namespace CivitaiDownloader.Bench;

/// <summary>Jobs: how large ones are planned, kept and shown, what an item costs besides its bytes, and how a mixed batch is brought in by each strategy.</summary>
internal static class JobsBench
{
    /// <summary>How it was measured, for the page.</summary>
    public static string About { get; } = $"""
        Median (least–most). Planning reads the pages of the Sandbox, a process of its own on the same machine: {Report.Machine}. The cost of an item is the CPU of `job run` less that of `get` for the same files of one byte.
        The mixed batch comes through a relay of the benchmark's own: a round trip of 40 ms, 8 MiB/s for each connection; aria2c gets its best of several -j and -x. Large files are 32 MiB, small ones 200 KiB.
        """;

    public static async Task<IReadOnlyList<Scenario>> RunAsync(BenchRun run)
    {
        ThreadPool.SetMinThreads(4, 4); // one waits for the programs, the relay needs the rest
        var scenarios = new List<Scenario>();
        if (Wants(run, "large job")) scenarios.AddRange(await JobScale.RunAsync(run, run.IsQuick ? 10_000 : 100_000));
        if (Wants(run, "item")) scenarios.AddRange(ItemCost.Run(run, run.IsQuick ? 300 : 2000));
        if (Wants(run, "mixed batch")) scenarios.AddRange(MixedBatch.Run(run, run.IsQuick ? 1 : 3));
        return scenarios;
    }

    private static bool Wants(BenchRun run, string what)
    {
        var wanted = run.Only is not { } only || what.Contains(only, StringComparison.OrdinalIgnoreCase);
        if (wanted) BenchRun.Say($"{what} ...");
        return wanted;
    }
}
