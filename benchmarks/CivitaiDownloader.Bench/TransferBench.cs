namespace CivitaiDownloader.Bench;

/// <summary>The time to a verified file, CPU and memory, beside aria2c, curl and sha256sum, over the lines there are.</summary>
internal static class TransferBench
{
    /// <summary>aria2c cuts nothing smaller than 20 MiB otherwise: 256 MiB would not get all 16 connections.</summary>
    public static string[] SmallPieces { get; } = ["-k1M"];

    /// <summary>How it was measured, for the page.</summary>
    public static string About { get; } = $"""
        Time to a verified file: ours asks the API, checks SHA-256 and places; aria2c has `--checksum`; curl checks nothing or is followed by `sha256sum`. In turn, five rounds, median (least–most), files in
        memory, nginx 1.22 with one process on the same machine: {Report.Machine}. Every file is hashed once more by the benchmark. aria2c is given `-k1M`, without which it would not use 16 connections.
        Round trips, rates and cuts come from a relay of the benchmark's own: opening a connection costs a round trip, a rate per connection holds for the connection and not for each request, cuts are resets at
        exponentially distributed distances, the same for all in a round. The API is always reached directly. CPU is the program's own and its kernel time, not nginx's.
        """;

    public static string Size(long bytes) => bytes >= 1 << 30 ? $"{bytes >> 30} GiB" : $"{bytes >> 20} MiB";

    public static async Task<IReadOnlyList<Scenario>> RunAsync(BenchRun run)
    {
        ThreadPool.SetMinThreads(4, 4); // one waits for the programs, the relay needs the rest
        var rounds = run.IsQuick ? 3 : 5;
        var scenarios = new List<Scenario>();

        OriginFile? made = null;
        OriginFile File(long bytes) => made?.Bytes == bytes ? made : made = OriginFile.Make(run.Fresh("origin"), bytes);
        OriginFile Large() => File(run.IsQuick ? 256 << 20 : 1 << 30);
        OriginFile Middle() => File(run.IsQuick ? 32 << 20 : 256 << 20);

        Add("over HTTP", () => LoopbackTransfer.Run(run, Large(), https: false, rounds));
        Add("over HTTPS", () => LoopbackTransfer.Run(run, Large(), https: true, rounds));
        Add("memory with 16 connections", () => [TransferMemory.SixteenConnections(run, Large(), run.IsQuick ? 1 : rounds)]);
        Add("8 MiB/s per connection", () => LineTransfer.EachConnectionCapped(run, Middle(), rounds));
        Add("20 ms round trip", () => LineTransfer.FarAway(run, Middle(), 20, rounds));
        Add("80 ms round trip", () => LineTransfer.FarAway(run, Middle(), 80, rounds));
        Add("cuts and refusals", () => FaultyTransfer.Run(run, Middle(), rounds));
        Add("lost packets", () => LossyTransfer.Run(run, Middle(), rounds));
        Add("many small files", () => ManyFilesTransfer.Run(run, rounds));
        if (run.Wants("memory by size"))
        {
            BenchRun.Say("memory by size ...");
            scenarios.Add(await TransferMemory.BySizeAsync(run));
        }

        run.Fresh("origin");
        return scenarios;

        void Add(string what, Func<IEnumerable<Scenario>> measure)
        {
            if (!run.Wants(what)) return;
            BenchRun.Say($"{what} ...");
            scenarios.AddRange(measure());
        }
    }
}
