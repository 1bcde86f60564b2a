using Xunit;

namespace CivitaiDownloader.Tests.Cli;

/// <summary>Libraries on disks that are odd or short of something.</summary>
public sealed class DisksTests : SandboxFixture
{
    private protected override int Models => 0;

    [Fact]
    public async Task No_room_for_the_journal_is_told_as_no_space_and_the_other_targets_have_their_turn()
    {
        using var disk = SmallDisk.Mount(Path.Combine(Folder, "small"), megabytes: 24, files: 5); // root, library, two folders of staging, one partial file
        var small = new Program(Home, Path.Combine(disk.Path, "library"), Sandbox.Api);

        var ran = await small.RunAsync("get", "4201", "4203", "--json");

        Assert.Equal(9, ran.ExitCode);
        Assert.Equal(["disk-full", "disk-full"], ran.Json.GetProperty("files").EnumerateArray().Select(file => file.GetProperty("error").GetProperty("code").GetString()));
        Assert.Contains("for the journal", ran.Json.GetProperty("files")[0].GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(disk.Path, "*.safetensors", SearchOption.AllDirectories));
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
