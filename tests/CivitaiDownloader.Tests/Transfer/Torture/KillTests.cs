using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Tests.Cli;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer.Torture;

/// <summary>The program, killed at moments drawn over time, over bytes and over the growth of its journal, once or again and again: it always goes on, and little is fetched twice.</summary>
public sealed class KillTests : TorturedProgram
{
    private int _kills;
    private long _mostTwice;

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
        Forget();

        // Slow enough that the process is there when its moment is.
        var slow = Sandbox.Faults.Add(FaultText.Parse("total-bandwidth@4220=120000000"));
        var killed = 0;
        foreach (var moment in moments)
        {
            using var process = Program.Start(Arguments(connections));
            var coverage = Sandbox.Ledger.Of(FileNumber);
            if (await moment.KillAsync(process, () => coverage.Served, Journal)) killed++;
        }

        slow.Off();
        var untrue = JournalClaims.FirstFalse(Staging);
        var ran = await Program.RunAsync(Arguments(connections));
        var twice = Sandbox.Ledger.Of(FileNumber).ServedTwice;
        (_kills, _mostTwice) = (_kills + killed, Math.Max(_mostTwice, twice));
        var wrong = untrue ?? (ran.ExitCode != 0 ? $"exit code {ran.ExitCode}: {ran.Error}"
            : !await IsPlacedRightAsync() ? "the file in the library is wrong"
            : twice > (TortureSettings.MostTwicePerConnection * connections * killed) + (TortureSettings.MostUnderWay * connections) ? $"{twice} bytes were served twice"
            : null);
        return wrong is null ? null : $"seed {seed}, {connections} connections, killed {killed} times ({string.Join(", ", moments)}): {wrong}";
    }

    private long Journal() => Directory.Exists(Staging)
        ? Directory.EnumerateFiles(Staging, "*.journal").Select(path => new FileInfo(path)).Sum(file => file.Exists ? file.Length : 0)
        : 0;
}
