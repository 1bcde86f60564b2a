using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Ledger;
using CivitaiDownloader.Sandbox.Samples;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

/// <summary>A disk that is too small, and one that somebody else fills at the worst moment: before each kind of file is written.</summary>
public sealed class FullDiskTests : SandboxFixture
{
    private const int File = SampleIds.Medium * 100;

    [Fact]
    public async Task A_disk_that_is_too_small_is_told_before_any_byte_is_fetched()
    {
        using var disk = Mount(megabytes: 24);

        var ran = await On(disk).RunAsync("get", "4220", "--json");

        Assert.Equal((9, "no-space"), (ran.ExitCode, ran.ErrorJson.GetProperty("code").GetString()));
        Assert.DoesNotContain(Sandbox.Ledger.Requests, request => request.Site == SandboxSite.Storage);
        Assert.Empty(Placed(disk));
    }

    [Fact]
    public async Task Full_while_bytes_arrive_it_keeps_them_and_goes_on_later()
    {
        using var disk = Mount(megabytes: 80);
        var slow = Sandbox.Faults.Add(FaultText.Parse("total-bandwidth@4220=20000000"));
        var running = On(disk).RunAsync("get", "4220", "--json");
        await UntilAsync(() => Sandbox.Ledger.Of(File).Served >= 4 << 20, running);
        disk.Fill();

        var full = await running;
        disk.MakeRoom();
        slow.Off();
        var again = await On(disk).RunAsync("get", "4220", "--json");

        Assert.Equal((9, "disk-full"), (full.ExitCode, full.ErrorJson.GetProperty("code").GetString()));
        Assert.Equal(0, again.ExitCode);
        Assert.InRange(Sandbox.Ledger.Of(File).ServedTwice, 0, 16 << 20);
    }

    [Fact]
    public async Task Full_before_the_journal_begins_it_says_so_and_begins_later()
    {
        using var disk = Mount(megabytes: 80);

        var full = await FilledDuringAsync(disk, On(disk), "delay@storage=2000*1", request => request.Site == SandboxSite.Storage, "4220");
        var again = await On(disk).RunAsync("get", "4220", "--json");

        Assert.Equal((9, "disk-full"), (full.ExitCode, full.ErrorJson.GetProperty("code").GetString()));
        Assert.Equal(0, again.ExitCode);
    }

    [Fact]
    public async Task Full_before_the_description_is_written_the_model_is_in_place_all_the_same()
    {
        using var disk = Mount(megabytes: 8);

        var full = await FilledDuringAsync(disk, On(disk), "delay@/api/v1/model-versions/42010=2000*1", request => request.Path == "/api/v1/model-versions/42010", "4201");
        var again = await On(disk).RunAsync("get", "4201", "--json");

        Assert.Equal(0, full.ExitCode);
        Assert.Equal("placed", full.Json.GetProperty("files")[0].GetProperty("status").GetString());
        Assert.Single(Placed(disk));
        Assert.Empty(Directory.EnumerateFiles(disk.Path, "sidecar-*", SearchOption.AllDirectories)); // nothing half-written
        Assert.Equal("present", again.Json.GetProperty("files")[0].GetProperty("status").GetString());
    }

    [Fact]
    public async Task Full_before_the_database_is_written_it_is_told_and_nothing_is_fetched_twice()
    {
        using var disk = Mount(megabytes: 8);
        var program = new Program(disk.Path, Library, Sandbox.Api);

        var full = await FilledDuringAsync(disk, program, "delay@storage=2000*1", request => request.Site == SandboxSite.Storage, "4220");
        var again = await program.RunAsync("get", "4220", "--json");

        Assert.Equal((9, "database-no-space"), (full.ExitCode, full.ErrorJson.GetProperty("code").GetString()));
        Assert.Equal(0, again.ExitCode);
        Assert.InRange(Sandbox.Ledger.Of(File).ServedTwice, 0, 1 << 20);
    }

    [Fact]
    public async Task A_disk_without_room_for_the_databases_log_is_told_as_full()
    {
        using var disk = Mount(megabytes: 8);
        var program = new Program(disk.Path, Library, Sandbox.Api);
        Assert.Equal(0, (await program.RunAsync("job", "list")).ExitCode); // the database is there, its log is not
        disk.Fill();

        var full = await program.RunAsync("job", "list", "--json");

        Assert.Equal((9, "database-no-space"), (full.ExitCode, full.ErrorJson.GetProperty("code").GetString()));
    }

    private SmallDisk Mount(int megabytes) => SmallDisk.Mount(Path.Combine(Folder, "small"), megabytes);

    private Program On(SmallDisk disk) => new(Home, Path.Combine(disk.Path, "library"), Sandbox.Api);

    private static string[] Placed(SmallDisk disk) => [.. Directory.EnumerateFiles(disk.Path, "*.safetensors", SearchOption.AllDirectories)];

    /// <summary>Runs a download whose answer to <paramref name="during"/> is late; the disk is filled meanwhile, and has room again when it ends.</summary>
    private async Task<Ran> FilledDuringAsync(SmallDisk disk, Program program, string late, Func<ServedRequest, bool> during, string target)
    {
        Sandbox.Faults.Add(FaultText.Parse(late));
        var running = program.RunAsync("get", target, "--json");
        await UntilAsync(() => Sandbox.Ledger.Requests.Any(during), running);
        disk.Fill();
        var ran = await running;
        disk.MakeRoom();
        return ran;
    }

    private static async Task UntilAsync(Func<bool> isTrue, Task<Ran> running)
    {
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (!isTrue())
        {
            if (running.IsCompleted) Assert.Fail("It ended before its time: " + (await running).Error);
            await ticks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }
    }
}
