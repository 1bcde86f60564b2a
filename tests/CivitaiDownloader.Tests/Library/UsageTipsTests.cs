using CivitaiDownloader.Library;
using CivitaiDownloader.Primitives;
using Xunit;

namespace CivitaiDownloader.Tests.Library;

public sealed class UsageTipsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_the_web_UI_and_the_saved_description_tell_is_read()
    {
        var tips = Beside("""{"description":"","sd version":"SDXL","activation text":" ink wash ","preferred weight":0.7,"negative text":"photo","notes":"keep it low"}""", """{"id":1,"trainedWords":["a","b",5]}""");

        Assert.Equal((0.7, "ink wash", "photo", "keep it low"), (tips.Weight, tips.ActivationText, tips.NegativeText, tips.Notes));
        Assert.Equal(["a", "b"], tips.SavedWords);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", "not JSON")]
    [InlineData("[1]", "5")]
    [InlineData("""{"preferred weight":0,"notes":"  ","activation text":7}""", """{"trainedWords":"x"}""")]
    [InlineData("""{"preferred weight":"much"}""", "{}")]
    public void What_says_nothing_or_cannot_be_read_gives_no_tip(string? typed, string? saved) => Assert.True(Beside(typed, saved).IsEmpty);

    private UsageTips Beside(string? typed, string? saved)
    {
        if (typed is not null) File.WriteAllText(_folder["model.json"], typed);
        if (saved is not null) File.WriteAllText(_folder["model.civitai.info"], saved);
        return UsageTips.Beside(new()
        {
            Root = _folder.Path, RelativePath = "model.safetensors", Bytes = 1, Sha256 = ContentHash.Sha256(new byte[32]), IsVerified = true, Verdict = "unknown", Origin = new(1, 2, 3), PlacedAt = default,
        });
    }
}
