using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Tests.Cli;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer.Torture;

/// <summary>Several processes after one file, now and then one of them killed: one fetches, the others say that it is busy or find it done, and no byte is mixed.</summary>
public sealed class ContentionTests : TorturedProgram
{
    // What a connection that gives up the rest of its part may have been sent of it.
    private const long OnTheWay = 4 << 20;

    [Fact]
    public async Task Many_at_once_come_to_one_right_file()
    {
        var failures = new List<string>();
        foreach (var seed in TortureSettings.Seeds(first: 81_000, share: 4, full: 60))
        {
            if (await FailureOfAsync(seed) is { } failure) failures.Add($"seed {seed}: {failure}");
        }

        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    private async Task<string?> FailureOfAsync(int seed)
    {
        var random = new Random(seed);
        var connections = TortureSettings.Connections(random);
        Forget();
        var slow = Sandbox.Faults.Add(FaultText.Parse("total-bandwidth@4220=100000000"));
        var victim = random.Next(2) == 0 ? KillAsync(new(KillTrigger.Bytes, random.NextInt64(1, 60 << 20)), connections) : Task.FromResult(false);
        var others = Enumerable.Range(0, random.Next(2, 4)).Select(_ => LaterAsync(random.Next(600), connections)).ToArray();
        var ended = await Task.WhenAll(others);
        var killed = await victim;
        slow.Off();

        var context = $"{connections} connections, {others.Length} processes{(killed ? " and one that was killed" : "")}: ";
        if (ended.FirstOrDefault(ran => ran.ExitCode != 0 && (ran.ExitCode != 1 || ran.ErrorJson.GetProperty("code").GetString() != "busy")) is { } odd) return $"{context}exit code {odd.ExitCode}: {odd.Error}";
        if (!killed && ended.All(ran => ran.ExitCode != 0)) return context + "nobody fetched it";
        var last = await Program.RunAsync(Arguments(connections));
        if (last.ExitCode != 0) return $"{context}exit code {last.ExitCode} when they had gone: {last.Error}";
        if (!await IsPlacedRightAsync()) return context + "the file in the library is wrong";
        var twice = Sandbox.Ledger.Of(FileNumber).ServedTwice;
        return twice > (killed ? TortureSettings.MostTwicePerConnection : OnTheWay) * connections ? $"{context}{twice} bytes were served twice" : null;
    }

    private async Task<bool> KillAsync(KillMoment moment, int connections)
    {
        using var process = Program.Start(Arguments(connections));
        var coverage = Sandbox.Ledger.Of(FileNumber);
        return await moment.KillAsync(process, () => coverage.Served, () => 0);
    }

    private async Task<Ran> LaterAsync(int milliseconds, int connections)
    {
        await Task.Delay(milliseconds, TestContext.Current.CancellationToken); // when it comes is what is drawn
        return await Program.RunAsync(Arguments(connections));
    }
}
