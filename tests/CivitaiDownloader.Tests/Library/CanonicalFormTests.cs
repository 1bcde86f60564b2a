using CivitaiDownloader.Library.Naming;
using Xunit;

namespace CivitaiDownloader.Tests.Library;

/// <summary>Examples of Unicode Standard Annex 15 and of its conformance test, one for every step of the algorithm.</summary>
public sealed class CanonicalFormTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("e\u0301", "\u00E9")] // composition
    [InlineData("\u212B", "\u00C5")] // singleton: the Angstrom sign
    [InlineData("\u1E69", "\u1E69")] // stays composed
    [InlineData("s\u0323\u0307", "\u1E69")]
    [InlineData("s\u0307\u0323", "\u1E69")] // reordering
    [InlineData("\u1E0B\u0323", "\u1E0D\u0307")]
    [InlineData("q\u0307\u0323", "q\u0323\u0307")] // nothing to compose with
    [InlineData("\u0958", "\u0915\u093C")] // excluded from composition
    [InlineData("\u1112\u1161\u11AB", "\uD55C")] // Hangul
    [InlineData("\uD55C", "\uD55C")]
    [InlineData("\uAC00\u11A7", "\uAC00\u11A7")] // U+11A7 is no trailing consonant
    [InlineData("\u0344", "\u0308\u0301")]
    [InlineData("a\u0315\u0300\u05AE\u0300b", "\u00E0\u05AE\u0300\u0315b")] // blocked by an equal class
    public void Composes_as_the_standard_says(string text, string expected) => Assert.Equal(expected, CanonicalForm.Compose(text));

    [Fact]
    public void A_lone_surrogate_becomes_the_replacement_character() => Assert.Equal("a\uFFFDb", CanonicalForm.Compose("a\uD800b"));
}
