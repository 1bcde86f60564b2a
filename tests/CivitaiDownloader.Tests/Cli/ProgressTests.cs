using System.Text.RegularExpressions;
using CivitaiDownloader.Cli.Rendering;
using CivitaiDownloader.Sandbox.Faults;
using Xunit;

namespace CivitaiDownloader.Tests.Cli;

public sealed partial class ProgressTests : SandboxFixture
{
    private protected override int Models => 0;

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    [InlineData(120)]
    public async Task The_bar_stays_on_one_line(int columns)
    {
        Sandbox.Faults.Add(FaultText.Parse("bandwidth@4220=60000000"));

        var ran = await Terminal.RunAsync(Program, columns, "get", "4220", "--no-color");

        Assert.Equal(0, ran.ExitCode);
        var frames = ran.Output.Split('\n', '\r').Select(line => Escapes().Replace(line, "")).Where(line => line.Contains('%', StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(frames);
        Assert.All(frames, frame => Assert.Matches(@"middle.*(\d% .*/|100% .*)64(\.0)? MiB .*(\d\d:\d\d:\d\d|--:--:--)", frame));
        Assert.All(frames, frame => Assert.InRange(DisplayText.Width(frame), 1, columns));
    }

    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Escapes();
}
