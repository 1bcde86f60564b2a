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
    [InlineData(1L << 31)]
    [InlineData(1L << 32)]
    [InlineData(1L << 36)]
    [InlineData(99L << 30)]
    public void A_sparse_file_is_random_around_each_gibibyte_and_zero_elsewhere(long boundary)
    {
        const int half = 1 << 19;
        var content = new SparseContent(7, 100L << 30);
        var (made, run) = (new byte[4 * half], new byte[4 * half]);
        new GeneratedContent(7, content.Length).Fill(boundary - (2 * half), made);
        content.Fill(boundary - (2 * half), run);

        Assert.True(run.AsSpan(half, 2 * half).SequenceEqual(made.AsSpan(half, 2 * half)));
        Assert.Equal(-1, run.AsSpan(0, half).IndexOfAnyExcept((byte)0));
        Assert.Equal(-1, run.AsSpan(3 * half).IndexOfAnyExcept((byte)0));
    }

    [Theory]
    [InlineData(SampleIds.Medium)]
    [InlineData(SampleIds.Large)]
    [InlineData(SampleIds.Huge)]
    [InlineData(SampleIds.Immense)]
    public void The_hashes_written_down_are_the_true_ones(int model)
    {
        if (model is SampleIds.Huge or SampleIds.Immense && !Soak.IsOn) Assert.Skip("20 and 100 GiB are hashed in ./test --soak.");
        var announced = new SampleCatalogue(CuratedModels.All(DateTimeOffset.UnixEpoch)).Model(model)!.Versions[0].Files[0].Content;

        var computed = SampleHashes.Of(model == SampleIds.Immense ? new SparseContent((ulong)model, announced.Length) : new GeneratedContent((ulong)model, announced.Length));
        Assert.Equal(model == SampleIds.Medium ? computed : computed with { AutoV1 = null }, announced.Hashes);
    }
}
