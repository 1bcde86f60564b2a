using CivitaiDownloader.Bench;

// ./bench NAME [--quick] [--json] [--check] [--only=HEADING]
var known = new Dictionary<string, Func<BenchRun, Task<IReadOnlyList<Scenario>>>> { ["loopback"] = LoopbackBench.RunAsync, ["catalog"] = CatalogBench.RunAsync, ["transfer"] = TransferBench.RunAsync, ["jobs"] = JobsBench.RunAsync, ["scan"] = ScanBench.RunAsync };
var name = args.FirstOrDefault(arg => !arg.StartsWith('-'));
var flags = args.Where(arg => arg.StartsWith('-')).ToArray();
if (name is null || !known.TryGetValue(name, out var bench) || flags.Except(["--quick", "--json", "--check"]).Any(flag => !flag.StartsWith("--only=", StringComparison.Ordinal)))
{
    Console.Error.WriteLine($"bench: give a name ({string.Join(", ", known.Keys)}) and any of --quick, --json, --check, --only=HEADING (some scenarios of transfer, jobs and scan).");
    return 2;
}

using var run = new BenchRun(flags.Contains("--quick"), Environment.GetEnvironmentVariable("CIVITAI_DL_PROGRAM")!)
{
    Only = flags.FirstOrDefault(flag => flag.StartsWith("--only=", StringComparison.Ordinal))?["--only=".Length..],
};
var scenarios = await bench(run);
if (scenarios.Count == 0)
{
    Console.Error.WriteLine($"bench: no scenario of {name} has '{run.Only}' in its heading. Leave --only away to see them all.");
    return 2;
}

if (flags.Contains("--json")) Report.WriteJson(name, scenarios, Console.OpenStandardOutput());
else Report.WriteTable(name, scenarios);
var about = name switch { "transfer" => TransferBench.About, "jobs" => JobsBench.About, "scan" => ScanBench.About, _ => null };
if (about is not null && run is { IsQuick: false, Only: null }) BenchmarksPage.Write(name, about, scenarios);
return flags.Contains("--check") && scenarios.Any(scenario => scenario.Met == false) ? 1 : 0;
