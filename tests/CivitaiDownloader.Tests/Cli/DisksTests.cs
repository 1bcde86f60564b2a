using Xunit;

namespace CivitaiDownloader.Tests.Cli;

/// <summary>Libraries on disks that are odd or short of something.</summary>
public sealed class DisksTests : SandboxFixture
{
    private protected override int Models => 0;

    [Fact]
    public async Task No_room_for_the_journal_is_told_as_no_space_and_the_other_targets_have_their_turn()
    {
        using var disk = SmallDisk.Mount(Path.Combine(Folder, "small"), megabytes: 80, files: 5); // root, library, two folders of staging, one partial file; a small file has no journal and fails at its folder
        var small = new Program(Home, Path.Combine(disk.Path, "library"), Sandbox.Api);

        var ran = await small.RunAsync("get", "4220", "4201", "--json", "--parallel", "1");

        Assert.Equal(9, ran.ExitCode);
        Assert.Equal(["disk-full", "no-space"], ran.Json.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("error").GetProperty("code").GetString()));
        Assert.Contains("for the journal", ran.Json.GetProperty("files")[0].GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(disk.Path, "*.safetensors", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_link_in_place_of_a_partial_file_is_named_and_nothing_is_written_where_it_leads()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Links need a privilege there.");
        var planned = await Program.RunAsync("get", "4201", "--dry-run", "--json");
        var staging = Path.Combine(Library, ".civitai-dl", "staging");
        Directory.CreateDirectory(staging);
        var victim = Path.Combine(Folder, "victim");
        File.CreateSymbolicLink(Path.Combine(staging, $"sha256-{planned.Json.GetProperty("files")[0].GetProperty("sha256").GetString()}.part"), victim);

        var ran = await Program.RunAsync("get", "4201", "--json");

        Assert.Equal((1, "not-writable"), (ran.ExitCode, ran.ErrorJson.GetProperty("code").GetString()));
        Assert.Contains(victim, ran.ErrorJson.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.False(File.Exists(victim));
    }

    [Fact]
    public async Task A_name_that_no_disk_takes_is_refused_before_anything_is_fetched()
    {
        var ran = await Program.RunAsync("get", "4201", "--output", Path.Combine(Folder, new string('n', 300) + ".safetensors"), "--json");

        Assert.Equal((2, "name-too-long"), (ran.ExitCode, ran.ErrorJson.GetProperty("code").GetString()));
        Assert.Equal(0, Sandbox.Ledger.Of(420100).Served);
    }

    [Fact]
    public async Task A_library_that_is_a_file_is_told_as_that()
    {
        var file = Path.Combine(Folder, "file");
        await File.WriteAllTextAsync(file, "mine", TestContext.Current.CancellationToken);

        var ran = await Program.RunAsync("get", "4201", "--library", file, "--json");

        Assert.Equal(1, ran.ExitCode);
        Assert.Contains("is a file, not a folder", ran.ErrorJson.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("mine", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Another_disk_mounted_inside_the_library_gets_its_files_by_rename_too()
    {
        using var disk = SmallDisk.Mount(Path.Combine(Library, "LORA"), megabytes: 24);

        var ran = await Program.RunAsync("get", "4201", "--json");

        Assert.Equal((0, ""), (ran.ExitCode, ran.Error));
        Assert.Equal(3, Visible().Count(path => path.StartsWith("LORA/SDXL 1.0/", StringComparison.Ordinal)));
        Assert.True(Directory.Exists(Path.Combine(disk.Path, ".civitai-dl", "staging")));
    }
}
