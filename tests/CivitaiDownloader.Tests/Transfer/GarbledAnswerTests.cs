using CivitaiDownloader.Primitives;
using CivitaiDownloader.Sandbox.Content;
using CivitaiDownloader.Tests.Http;
using CivitaiDownloader.Tests.Transfer.Torture;
using CivitaiDownloader.Transfer;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer;

/// <summary>Answers that speak of another file, once: on their way something happened to them.</summary>
public sealed class GarbledAnswerTests
{
    private static readonly GeneratedContent Content = new(20261125, 24 << 20);
    private int _asked;

    [Theory]
    [InlineData("part, another tag", true)]
    [InlineData("part, another tag", false)]
    [InlineData("part, another size", true)]
    [InlineData("whole, another tag", false)]
    [InlineData("refusal, another size", true)]
    public async Task One_answer_that_names_another_file_costs_nothing_that_is_there(string garbled, bool isProvable)
    {
        await using var origin = await RangeOrigin.StartAsync(Content, instead: async context =>
        {
            if (Interlocked.Increment(ref _asked) != 3) return false;
            Garble(context.Response, garbled);
            await context.Response.StartAsync(); // a body that is announced and does not come would keep the head back
            return true;
        });
        using var outbound = TestOutbound.To(origin.Address);
        using var folder = new TemporaryFolder();
        var (meter, expected) = (new TransferMeter(TimeProvider.System), TestTransfer.HashOf(Content));
        var request = new TransferRequest(new FixedLink(origin.Address), "file", folder["file.part"]) { Expected = isProvable ? [expected] : [] };

        using var file = await TestTransfer.Over(outbound).RunAsync(request, meter, TestContext.Current.CancellationToken);

        Assert.Equal((expected, Content.Length), (file.Sha256, meter.Read().Fetched));
        Assert.InRange(_asked, 4, int.MaxValue);
        Assert.Single(origin.Requests, asked => asked.Headers["Range"] == "bytes=0-16777215");
    }

    private static void Garble(HttpResponse response, string how)
    {
        response.StatusCode = how.StartsWith("part", StringComparison.Ordinal) ? 206 : how.StartsWith("whole", StringComparison.Ordinal) ? 200 : 416;
        response.Headers.ETag = how.EndsWith("tag", StringComparison.Ordinal) ? "\"garbled\"" : RangeOrigin.ETag;
        var total = how.EndsWith("size", StringComparison.Ordinal) ? Content.Length + 1 : Content.Length;
        if (response.StatusCode == 200) response.ContentLength = total;
        else response.Headers.ContentRange = response.StatusCode == 206 ? $"bytes 0-0/{total}" : $"bytes */{total}";
    }
}
