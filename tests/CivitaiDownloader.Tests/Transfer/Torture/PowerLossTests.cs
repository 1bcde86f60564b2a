using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Tests.Cli;
using CivitaiDownloader.Transfer;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer.Torture;

/// <summary>
/// The program under strace; then, for moments drawn from its trace, the disk as it would be had the power failed there: without every write that was not flushed, and with
/// any part of them. On none of these does the journal claim what is not there, and from each the program comes to the right file and fetches little twice.
/// </summary>
public sealed class PowerLossTests : TorturedProgram
{
    private int _cuts;
    private long _mostTwice;

    [Fact]
    public async Task Whenever_the_power_fails_it_goes_on_from_what_the_disk_kept()
    {
        await SkipWithoutStraceAsync();
        var failures = new List<string>();
        foreach (var seed in TortureSettings.Seeds(first: 61_000, share: 2, full: 30))
        {
            try
            {
                await CutAsync(seed, failures);
            }
            catch (Exception failed) when (failed is NotSupportedException or Xunit.Sdk.XunitException)
            {
                failures.Add($"seed {seed}: {failed.Message}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{_cuts} cuts, at most {_mostTwice} bytes fetched twice");
        Assert.True(failures.Count == 0, $"{failures.Count} failures in {_cuts} cuts\n" + string.Join("\n", failures));
    }

    private async Task CutAsync(int seed, List<string> failures)
    {
        var random = new Random(seed);
        var connections = TortureSettings.Connections(random);
        Forget();
        if (seed % 2 == 1) await KillOnceAsync(random, connections); // what is traced then takes up an earlier run
        var before = Path.Combine(Folder, $"before-{seed}");
        Copy(Staging, before);
        var had = Directory.EnumerateFiles(before, "sha256-*.part").Select(FileTransfer.KeptBytes).Sum();
        var trace = await TraceAsync(random, connections, before);

        for (var cut = 0; cut < Soak.Count(3, 8); cut++)
        {
            var moment = MomentIn(trace, random);
            foreach (var whim in new[] { null, new Random(random.Next()) })
            {
                var wrong = await ResumeAsync(new(trace, moment), (before, had, connections), whim);
                if (wrong is not null) failures.Add($"seed {seed}, {connections} connections, power lost at {moment}, {(whim is null ? "nothing" : "a part")} of the unflushed kept: {wrong}");
            }
        }

        Directory.Delete(before, recursive: true);
    }

    private async Task KillOnceAsync(Random random, int connections)
    {
        var slow = Sandbox.Faults.Add(FaultText.Parse("total-bandwidth@4220=120000000"));
        var coverage = Sandbox.Ledger.Of(FileNumber);
        using var process = Program.Start(Arguments(connections));
        await new KillMoment(KillTrigger.Bytes, random.NextInt64(1, 60 << 20)).KillAsync(process, () => coverage.Served, () => 0);
        slow.Off();
    }

    private async Task<DiskTrace> TraceAsync(Random random, int connections, string before)
    {
        var output = Path.Combine(Folder, "trace");
        var slow = Sandbox.Faults.Add(FaultText.Parse($"total-bandwidth@4220={random.Next(60, 400)}000000"));
        var ran = await Program.RunFileAsync("strace", [.. DiskTrace.Arguments(output), Cli.Program.Executable, .. Arguments(connections)]);
        slow.Off();
        Assert.True(ran.ExitCode == 0, ran.Error);
        var trace = DiskTrace.Read(File.ReadLines(output), Staging, "sha256-", Directory.EnumerateFiles(before).Select(path => Path.GetFileName(path)));
        Assert.True(trace.Acts.Any(act => act is { Kind: DiskActKind.Write, File.IsPartial: true }), "The trace shows nothing written to the partial file.");
        return trace;
    }

    // Anywhere, or right behind a write to the journal: then what it claims is newest.
    private static int MomentIn(DiskTrace trace, Random random)
    {
        var placed = trace.Acts.FirstOrDefault(act => act is { Kind: DiskActKind.Rename, File.IsPartial: true, NewName: null })?.Begun ?? trace.Acts[^1].Done;
        var records = trace.Acts.Where(act => act is { Kind: DiskActKind.Write, File.IsPartial: false } && act.Done < placed).ToArray();
        return random.Next(2) == 0 && records.Length > 0 ? records[random.Next(records.Length)].Done : random.Next(trace.Acts[0].Begun, placed);
    }

    private async Task<string?> ResumeAsync(PowerCut cut, (string Before, long Had, int Connections) run, Random? whim)
    {
        var library = Path.Combine(Folder, $"library-{++_cuts}");
        cut.Rebuild(run.Before, StagingOf(library), Content, whim);
        if (JournalClaims.FirstFalse(StagingOf(library)) is { } untrue) return untrue;
        Sandbox.Ledger.Clear();
        var ran = await new Cli.Program(Path.Combine(Folder, $"home-{_cuts}"), library, Sandbox.Api).RunAsync(Arguments(run.Connections));
        var twice = Sandbox.Ledger.Of(FileNumber).Served - (Content.Length - Math.Min(run.Had + cut.Written, Content.Length));
        _mostTwice = Math.Max(_mostTwice, twice);
        var wrong = ran.ExitCode != 0 ? $"exit code {ran.ExitCode}: {ran.Error}"
            : !await IsRightAsync(ran.Json.GetProperty("files")[0].GetProperty("path").GetString()!) ? "the file in the library is wrong"
            : twice > TortureSettings.MostTwicePerConnection * run.Connections ? $"{twice} bytes were fetched twice"
            : null;
        Directory.Delete(library, recursive: true);
        return wrong;
    }

    private static async Task SkipWithoutStraceAsync()
    {
        if (!OperatingSystem.IsLinux()) Assert.Skip("strace is for Linux.");
        try
        {
            using var trial = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("strace", ["-f", "--seccomp-bpf", "-o", "/dev/null", "true"]) { RedirectStandardError = true })!;
            var error = await trial.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await trial.WaitForExitAsync(TestContext.Current.CancellationToken);
            if (trial.ExitCode != 0) Assert.Skip($"strace may not trace here: {error}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("strace is not installed (apt-get install strace).");
        }
    }

    private static void Copy(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var path in Directory.Exists(from) ? Directory.EnumerateFiles(from, "sha256-*") : []) File.Copy(path, Path.Combine(to, Path.GetFileName(path)));
    }
}
