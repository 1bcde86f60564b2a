namespace CivitaiDownloader.Bench;

/// <summary>
/// Many small files in one process: connections that are used again, requests that do not wait for each other. Only the files are far away, the API is not. Both
/// speak HTTP/2 as well, as those of today do; aria2c does not.
/// </summary>
internal static class ManyFilesTransfer
{
    private const string Aria2 = "aria2c -i -j16";
    private const int FileBytes = 200 << 10;

    public static IEnumerable<Scenario> Run(BenchRun run, int rounds)
    {
        var folder = run.Fresh("origin");
        var files = Enumerable.Range(1, run.IsQuick ? 100 : 500).Select(number => OriginFile.Make(folder, FileBytes, number)).ToArray();
        using var relay = new Relay(new() { RoundTrip = TimeSpan.FromMilliseconds(40) });
        using var origin = NginxCivitai.Start(run.Fresh("nginx"), new(files) { Https = true, Http2 = true, Relay = relay });
        var (contest, took) = (new Contest(run, origin), new Rounds());
        List<double> ours = [], aria2 = [];
        for (var round = 0; round < rounds; round++)
        {
            relay.StartOver(round);
            took.Add(Rounds.Ours, contest.Ours());
            ours.Add(relay.Opened);
            relay.StartOver(round);
            took.Add(Aria2, contest.Aria2(1, "-j16"));
            aria2.Add(relay.Opened);
        }

        var name = $"{files.Length} files of 200 KiB, HTTPS, 40 ms round trip";
        yield return took.Beside($"{name}: wall", "s", one => one.Wall, Aria2, 0.7);
        yield return took.Beside($"{name}: CPU", "s", one => one.Cpu, Aria2, null);
        yield return new($"{name}: connections opened", "", new(ours), new Dictionary<string, Figure> { [Aria2] = new(aria2) }, null, Aria2);
    }
}
