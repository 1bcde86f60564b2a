using System.Security.Cryptography;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Samples;
using CivitaiDownloader.Tests.Cli;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer.Torture;

/// <summary>The program, killed at moments drawn over time, over bytes and over the growth of its journal, once or again and again: it always goes on, and little is fetched twice.</summary>
public sealed class KillTests : SandboxFixture
{
    private const int File = SampleIds.Medium * 100;

    private int _kills;
    private long _mostTwice;

    private protected override int Models => 0;

    [Fact]
    public async Task Killed_at_any_moment_it_goes_on_and_fetches_little_twice()
    {
        var (failures, ran) = (new List<string>(), 0);
        foreach (var seed in TortureSettings.Seeds(first: 41_000, share: 12, full: 300))
        {
            ran++;
            if (await FailureOfAsync(seed) is { } failure) failures.Add(failure);
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{_kills} kills in {ran} downloads, at most {_mostTwice} bytes served twice in one");
        Assert.True(failures.Count == 0, $"{failures.Count} of {ran} failed\n" + string.Join("\n", failures));
        Assert.True(_kills >= ran / 2, $"only {_kills} kills in {ran} downloads came before the end");
    }

    private async Task<string?> FailureOfAsync(int seed)
    {
        var random = new Random(seed);
        var connections = TortureSettings.Connections(random);
        KillMoment[] moments = [.. Enumerable.Range(0, random.Next(3) == 0 ? random.Next(2, 5) : 1).Select(_ => KillMoment.Draw(random))];
        if (Directory.Exists(Library)) Directory.Delete(Library, recursive: true);
        Sandbox.Ledger.Clear();

        // Slow enough that the process is there when its moment is.
        var slow = Sandbox.Faults.Add(FaultText.Parse("total-bandwidth@4220=120000000"));
        var killed = 0;
        foreach (var moment in moments)
        {
            using var process = Program.Start(["get", "4220", "--json", .. TortureSettings.Arguments(connections)]);
            var coverage = Sandbox.Ledger.Of(File);
            if (await moment.KillAsync(process, () => coverage.Served, Journal)) killed++;
        }

        slow.Off();
        var untrue = JournalClaims.FirstFalse(Staging);
        var ran = await Program.RunAsync(["get", "4220", "--json", .. TortureSettings.Arguments(connections)]);
        var twice = Sandbox.Ledger.Of(File).ServedTwice;
        (_kills, _mostTwice) = (_kills + killed, Math.Max(_mostTwice, twice));
        var wrong = untrue ?? (ran.ExitCode != 0 ? $"exit code {ran.ExitCode}: {ran.Error}"
            : await HashOfPlacedAsync() != Sandbox.Catalogue.File(File)!.Value.File.Content.Hashes.Sha256 ? "the file in the library is wrong"
            : twice > TortureSettings.MostTwicePerConnection * connections * killed ? $"{twice} bytes were served twice"
            : null);
        return wrong is null ? null : $"seed {seed}, {connections} connections, killed {killed} times ({string.Join(", ", moments)}): {wrong}";
    }

    private long Journal() => Directory.Exists(Staging)
        ? Directory.EnumerateFiles(Staging, "*.journal").Select(path => new FileInfo(path)).Sum(file => file.Exists ? file.Length : 0)
        : 0;

    private string Staging => Path.Combine(Library, ".civitai-dl", "staging");

    private async Task<string> HashOfPlacedAsync()
    {
        await using var stream = System.IO.File.OpenRead(Path.Combine(Library, Visible().Single(path => path.EndsWith(".safetensors", StringComparison.Ordinal))));
        return Convert.ToHexString(await SHA256.HashDataAsync(stream, TestContext.Current.CancellationToken));
    }
}
