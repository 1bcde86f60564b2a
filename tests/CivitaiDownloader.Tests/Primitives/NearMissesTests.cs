using CivitaiDownloader.Primitives;
using Xunit;

namespace CivitaiDownloader.Tests.Primitives;

public sealed class NearMissesTests
{
    private static readonly string[] Known = ["Checkpoint", "LORA", "LoCon", "DoRA", "SDXL 1.0", "SD 1.5", "Illustrious"];

    [Theory]
    [InlineData("Lroa", "LORA")]
    [InlineData("chekpoint", "Checkpoint")]
    [InlineData("illus", "Illustrious")]
    [InlineData("sdxl-10", "SDXL 1.0")]
    [InlineData("zebra", null)]
    [InlineData("", null)]
    [InlineData("!!!", null)]
    public void The_nearest_comes_first_and_what_is_far_does_not_come(string typed, string? nearest) => Assert.Equal(nearest, NearMisses.Of(typed, Known, most: 1) is [var found] ? found : null);

    [Fact]
    public void A_word_of_a_million_letters_is_no_miss_of_anything() => Assert.Empty(NearMisses.Of(new string('a', 1_000_000), Known));
}
