using CivitaiDownloader.Cli.Rendering;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Rendering;

public sealed class FlowTests
{
    [Theory]
    [InlineData("one two three", null, "one two three")]
    [InlineData("one two  three", 20, "one two  three")] // what fits stays as it is
    [InlineData("one two three four five", 16, "one two three|four five")]
    [InlineData("  one two three four", 16, "  one two three|  four")]
    [InlineData("see /a/very/long/path/to/a/file now and then", 16, "see|/a/very/long/path/to/a/file|now and then")]
    [InlineData("桜の風景 桜の風景 桜", 18, "桜の風景 桜の風景|桜")]
    [InlineData("\u001b[31merror:\u001b[0m it is wrong", 17, "\u001b[31merror:\u001b[0m it is|wrong")]
    public void A_sentence_is_broken_at_blanks(string text, int? cells, string expected) => Assert.Equal(expected.Split('|'), Flow.Lines(text, cells));

    [Fact]
    public void What_belongs_together_stays_together_and_is_printed_with_blanks()
    {
        var text = $"it has {Flow.Together("16.2 KiB of it")}";

        Assert.Equal(["it has", "16.2 KiB of it"], Flow.Lines(text, 18));
        Assert.Equal(["it has 16.2 KiB of it"], Flow.Lines(text, null));
    }
}
