using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Samples;
using CivitaiDownloader.Tests.Cli;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer.Torture;

/// <summary>A disk that somebody fills at any byte, and one that may not be written to any more: told for what it is, and nothing is lost.</summary>
public sealed class DiskTroubleTests : SandboxFixture
{
    private const int FileNumber = SampleIds.Medium * 100;

    private protected override int Models => 0;

    [Fact]
    public async Task Full_at_any_byte_it_says_so_and_goes_on_when_there_is_room()
    {
        var (failures, full, ran) = (new List<string>(), 0, 0);
        foreach (var seed in TortureSettings.Seeds(first: 91_000, share: 4, full: 60))
        {
            ran++;
            var (exitCode, failure) = await FillAsync(seed);
            if (exitCode == 9) full++;
            if (failure is not null) failures.Add($"seed {seed}: {failure}");
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{full} of {ran} met the full disk; the others had their room set aside");
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    [Fact]
    public async Task A_library_that_became_read_only_is_told_and_what_had_arrived_is_not_lost()
    {
        using var disk = SmallDisk.Mount(Path.Combine(Folder, "small"), megabytes: 100);
        var program = On(disk);
        await KillAtAsync(program, 40 << 20);
        disk.MakeReadOnly();
        Sandbox.Ledger.Clear();

        var refused = await program.RunAsync("get", "4220", "--json");
        disk.MakeWritable();
        var again = await program.RunAsync("get", "4220", "--json");

        Assert.Equal((1, "not-writable"), (refused.ExitCode, refused.ErrorJson.GetProperty("code").GetString()));
        Assert.Equal(0, again.ExitCode);
        Assert.True(again.Json.GetProperty("files")[0].GetProperty("verified").GetBoolean());
        Assert.InRange(Sandbox.Ledger.Of(FileNumber).Served, 1, 60 << 20);
    }

    private async Task<(int ExitCode, string? Failure)> FillAsync(int seed)
    {
        var random = new Random(seed);
        var connections = TortureSettings.Connections(random);
        var (at, left) = (random.NextInt64(1, 60 << 20), random.Next(2) == 0 ? 0 : random.Next(4 << 20));
        using var disk = SmallDisk.Mount(Path.Combine(Folder, $"small-{seed}"), megabytes: 100);
        Sandbox.Ledger.Clear();
        var slow = Sandbox.Faults.Add(FaultText.Parse("total-bandwidth@4220=80000000"));
        var running = On(disk).RunAsync(Arguments(connections));
        using (var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(1)))
        {
            while (Sandbox.Ledger.Of(FileNumber).Served < at && !running.IsCompleted) await ticks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        disk.Fill(left);
        var full = await running;
        disk.MakeRoom();
        slow.Off();
        var again = await On(disk).RunAsync(Arguments(connections));

        var context = $"{connections} connections, all but {left} bytes taken when {at} were served: ";
        var twice = Sandbox.Ledger.Of(FileNumber).ServedTwice;
        return (full.ExitCode,
            full.ExitCode is not (0 or 9) || (full.ExitCode == 9 && full.ErrorJson.GetProperty("code").GetString() != "disk-full") ? $"{context}exit code {full.ExitCode}: {full.Error}"
            : again.ExitCode != 0 || !again.Json.GetProperty("files")[0].GetProperty("verified").GetBoolean() ? $"{context}exit code {again.ExitCode} when there was room again: {again.Error}"
            : twice > TortureSettings.MostTwicePerConnection * connections ? $"{context}{twice} bytes were served twice"
            : null);
    }

    private async Task KillAtAsync(Cli.Program program, long bytes)
    {
        var slow = Sandbox.Faults.Add(FaultText.Parse("total-bandwidth@4220=80000000"));
        using var process = program.Start("get", "4220", "--json");
        var coverage = Sandbox.Ledger.Of(FileNumber);
        Assert.True(await new KillMoment(KillTrigger.Bytes, bytes).KillAsync(process, () => coverage.Served, () => 0));
        slow.Off();
    }

    private static string[] Arguments(int connections) => ["get", "4220", "--json", .. TortureSettings.Arguments(connections)];

    private Cli.Program On(SmallDisk disk) => new(Home, Path.Combine(disk.Path, "library"), Sandbox.Api);
}
