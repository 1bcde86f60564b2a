using CivitaiDownloader.Cli.Rendering;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Rendering;

public sealed class DistinctCutsTests
{
    [Theory]
    [InlineData("short.safetensors", 22, "short.safetensors")]
    [InlineData("a-very-long-name-of-a-style_v10.safetensors", 22, "a-very-…10.safetensors")]
    [InlineData("水彩の風景と桜のとても長い名前.safetensors", 20, "水彩の….safetensors")]
    [InlineData("👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦.pt", 8, "👩‍👩‍👧‍👦…👩‍👩‍👧‍👦.pt")]
    public void A_cut_in_the_middle_keeps_both_ends(string text, int cells, string expected)
    {
        var cut = DisplayText.CutMiddle(text, cells);

        Assert.Equal(expected, cut);
        Assert.InRange(DisplayText.Width(cut), 1, cells);
    }

    [Theory]
    [InlineData(22)]
    [InlineData(10)]
    public void Names_that_differ_anywhere_can_be_told_apart(int cells)
    {
        var names = Enumerable.Range(0, 40).Select(index => $"same-beginning-of-all-{new string((char)('a' + (index % 7)), 1 + (index / 7))}-and-the-same-end.safetensors")
            .Append("loras/風景/水彩の風景と桜一.safetensors").Append("loras/風景/水彩の風景と桜二.safetensors").Append("x").Append("").ToArray();

        var cuts = new DistinctCuts(names.Concat(names), cells);

        Assert.Equal(names.Length, names.Select(name => cuts[name]).Distinct().Count());
        Assert.All(names, name => Assert.InRange(DisplayText.Width(cuts[name]), 0, cells));
    }
}
