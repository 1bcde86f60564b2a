using System.Diagnostics;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

/// <summary>Pipes, sockets and devices: each would block or be read for ever, were it opened.</summary>
public sealed class NotFilesTests : SandboxFixture
{
    private string Kept => Path.Combine(Folder, "models");

    [Theory]
    [InlineData("info", "/dev/zero", "a device")]
    [InlineData("get", "/dev/zero", "a device")]
    [InlineData("info", "pipe.pt", "a pipe")]
    [InlineData("get", "pipe.pt", "a pipe")]
    [InlineData("identify", "pipe.pt", "a pipe")]
    [InlineData("identify", "/dev/zero", "a device")]
    [InlineData("verify", "pipe.pt", "a pipe")]
    [InlineData("verify", "/dev/zero", "a device")]
    public async Task One_that_is_named_is_refused_by_its_kind(string command, string name, string kind)
    {
        await PipeAsync("pipe.pt");

        var ran = await Program.RunAsync(command, Path.Combine(Kept, name), "--json");

        Assert.Equal((2, "not-a-regular-file"), (ran.ExitCode, ran.ErrorJson.GetProperty("code").GetString()));
        Assert.EndsWith($"{name}' is {kind}, not a regular file", ran.ErrorJson.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("identify")]
    [InlineData("verify")]
    public async Task In_a_folder_they_are_skipped_and_counted(string command)
    {
        await PipeAsync("pipe.pt");
        await File.WriteAllTextAsync(Path.Combine(Kept, "mine.pt"), "my own", TestContext.Current.CancellationToken);

        var text = await Program.RunAsync(command, Kept);
        var json = await Program.RunAsync(command, Kept, "--json");

        Assert.Equal((0, 0), (text.ExitCode, json.ExitCode));
        Assert.Contains($"warning: 1 pipe, socket or device was skipped, not being files: '{Path.Combine(Kept, "pipe.pt")}'", text.Error);
        Assert.Equal(Path.Combine(Kept, "mine.pt"), Assert.Single(json.Json.GetProperty("files").EnumerateArray()).GetProperty("path").GetString());
        Assert.Equal(Path.Combine(Kept, "pipe.pt"), Assert.Single(json.Json.GetProperty("skipped").EnumerateArray()).GetString());
    }

    [Fact]
    public async Task One_that_took_the_place_of_a_file_of_the_library_is_told_and_not_counted_as_that_file()
    {
        var path = (await Program.RunAsync("get", "4201", "--json")).Json.GetProperty("files")[0].GetProperty("path").GetString()!;
        File.Delete(path);
        await PipeAsync(path);

        var ran = await Program.RunAsync("verify", "--json");

        Assert.Equal((2, "not-a-regular-file"), (ran.ExitCode, ran.ErrorJson.GetProperty("code").GetString()));
        Assert.Equal(path, Assert.Single(ran.Json.GetProperty("files").EnumerateArray()).GetProperty("path").GetString());
    }

    [Fact]
    public async Task One_beside_a_model_of_the_library_does_not_hold_up_its_page()
    {
        var path = (await Program.RunAsync("get", "4201", "--json")).Json.GetProperty("files")[0].GetProperty("path").GetString()!;
        await PipeAsync(Path.ChangeExtension(path, ".json"));

        Assert.Equal(0, (await Program.RunAsync("info", "4201")).ExitCode);
    }

    private async Task PipeAsync(string name)
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Pipes and devices with names among files are Unix's.");
        Directory.CreateDirectory(Kept);
        using var made = Process.Start("mkfifo", [Path.Combine(Kept, name)]);
        await made.WaitForExitAsync(TestContext.Current.CancellationToken);
    }
}
