using System.Diagnostics;
using CivitaiDownloader.Scanning;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Tests.Scanning.Samples;
using Xunit;

namespace CivitaiDownloader.Tests.Scanning;

/// <summary>Broken in every way, a file still gets an answer, soon and in little memory: half a minute of it in <c>./test</c>, ten minutes in <c>./test --soak</c>.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    private const long AllocatedPerScan = 384L << 20;
    private static readonly TimeSpan TimePerMebibyte = TimeSpan.FromSeconds(2);

    [Fact]
    public void Whatever_is_done_to_a_file_its_scan_ends_with_an_answer_in_time_and_memory()
    {
        var seed = Environment.GetEnvironmentVariable("CIVITAI_DL_FUZZ_SEED") is { } given ? int.Parse(given) : Random.Shared.Next();
        var random = new Random(seed);
        var seeds = Seeds();
        var until = Stopwatch.StartNew();
        var (count, slowest, largest) = (0L, TimeSpan.Zero, 0L);
        while (until.Elapsed < TimeSpan.FromSeconds(Soak.Count(30, 600)))
        {
            var (name, bytes) = seeds[random.Next(seeds.Count)];
            var mutant = Mutation.Of(bytes, seeds[random.Next(seeds.Count)].Bytes, random);
            if (random.Next(4) == 0) name = "model" + Extensions[random.Next(Extensions.Length)];
            var limit = TimePerMebibyte * Math.Max(1, mutant.Length / (double)(1 << 20));
            var allocated = GC.GetAllocatedBytesForCurrentThread();
            var used = 0L;

            var (report, took) = Unhurried.Run(limit, () =>
            {
                var answer = Scan(mutant, name, seed, count);
                if (used == 0) used = GC.GetAllocatedBytesForCurrentThread() - allocated;
                return answer;
            });

            if (took > slowest) slowest = took;
            largest = Math.Max(largest, used);
            if (took > limit || used > AllocatedPerScan)
                Assert.Fail($"{Kept(mutant, name)}: {took.TotalSeconds:0.0} s and {used >> 20} MiB for {mutant.Length} bytes, seed {seed}, round {count}");
            Assert.Equal(report.Findings.Count == 0 || report.Findings.All(finding => finding.Rule.Severity == Severity.Note), report.Verdict == Verdict.Clean);
            count++;
        }

        output.WriteLine($"{count} mutants, seed {seed}; slowest {slowest.TotalMilliseconds:0} ms, most allocated {largest >> 20} MiB");
    }

    private static readonly string[] Extensions = [".safetensors", ".pt", ".ckpt", ".pkl", ".gguf", ".onnx", ".h5", ".keras", ".npy", ".npz", ".zip", ".7z", ".rar", ".tar", ".gz", ".bin", ".json", ".yaml", ".png", ".pb", ""];

    private static ScanReport Scan(byte[] bytes, string name, int seed, long round)
    {
        try
        {
            using var source = new MemorySource(bytes);
            return new FileScanner().Scan(source, name, TestContext.Current.CancellationToken);
        }
        catch (Exception failed) when (failed is not OperationCanceledException)
        {
            throw new InvalidOperationException($"{Kept(bytes, name)}: seed {seed}, round {round}", failed);
        }
    }

    // What failed is kept, so that it can be looked at.
    private static string Kept(byte[] bytes, string name)
    {
        var path = Path.Combine(Path.GetTempPath(), $"civitai-dl-fuzz-{Guid.NewGuid():N}-{Path.GetFileName(name)}");
        File.WriteAllBytes(path, bytes);
        return path;
    }

    private static List<(string Name, byte[] Bytes)> Seeds()
    {
        const int Largest = 256 * 1024;
        var seeds = KnownSamples.All.Where(sample => sample.Bytes.Length is > 0 and <= Largest).Select(sample => (sample.Name, sample.Bytes)).ToList();
        if (Repository.SharedFixtures is { } fixtures && Path.Combine(fixtures, "scan", "files") is var folder && Directory.Exists(folder))
            seeds.AddRange(Directory.EnumerateFiles(folder).Where(file => new FileInfo(file).Length is > 0 and <= Largest).Order(StringComparer.Ordinal).Select(file => (Path.GetFileName(file), File.ReadAllBytes(file))));
        return seeds;
    }
}
