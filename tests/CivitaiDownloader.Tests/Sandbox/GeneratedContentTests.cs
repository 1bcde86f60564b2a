using CivitaiDownloader.Sandbox.Content;
using CivitaiDownloader.Sandbox.Samples;
using Xunit;

namespace CivitaiDownloader.Tests.Sandbox;

public sealed class GeneratedContentTests
{
    [Fact]
    public void Any_run_is_the_same_bytes_wherever_it_begins()
    {
        var content = new GeneratedContent(7, 5 << 20);
        var whole = new byte[content.Length];
        content.Fill(0, whole);
        var random = new Random(1);

        for (var i = 0; i < 200; i++)
        {
            var start = random.Next(whole.Length);
            var run = new byte[random.Next(1, Math.Min(whole.Length - start, 200_000) + 1)];
            content.Fill(start, run);
            Assert.True(run.AsSpan().SequenceEqual(whole.AsSpan(start, run.Length)), $"from {start}, {run.Length} bytes");
        }
    }

    [Theory]
    [InlineData(SampleIds.Medium)]
    [InlineData(SampleIds.Large)]
    [InlineData(SampleIds.Huge)]
    public void The_hashes_written_down_are_the_true_ones(int model)
    {
        if (model == SampleIds.Huge && !Soak.IsOn) Assert.Skip("20 GiB are hashed in ./test --soak.");
        var announced = new SampleCatalogue(CuratedModels.All(DateTimeOffset.UnixEpoch)).Model(model)!.Versions[0].Files[0].Content;

        var computed = SampleHashes.Of(new GeneratedContent((ulong)model, announced.Length));
        Assert.Equal(model == SampleIds.Medium ? computed : computed with { AutoV1 = null }, announced.Hashes);
    }
}
