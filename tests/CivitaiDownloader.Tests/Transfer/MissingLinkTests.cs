using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Sandbox.Content;
using CivitaiDownloader.Tests.Http;
using CivitaiDownloader.Tests.Transfer.Torture;
using CivitaiDownloader.Transfer;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer;

/// <summary>Links that cannot be had for a while, in the middle of a file: who gives them is down for a moment.</summary>
public sealed class MissingLinkTests
{
    private static readonly GeneratedContent Content = new(20261127, 24 << 20);
    private int _asked;

    [Theory]
    [InlineData("parts")]
    [InlineData("one stream")]
    public async Task Who_gives_links_may_be_down_for_a_moment(string way)
    {
        var isStream = way == "one stream";
        await using var origin = await RangeOrigin.StartAsync(Content, instead: async context =>
        {
            if (isStream) context.Request.Headers.Remove("Range"); // the whole is sent, whatever was asked for
            var number = Interlocked.Increment(ref _asked);
            if (number == 1 && isStream)
            {
                context.Response.ContentLength = Content.Length;
                var start = new byte[1 << 20];
                Content.Fill(0, start);
                await context.Response.Body.WriteAsync(start);
                await context.Response.Body.FlushAsync();
                context.Abort();
                return true;
            }

            if (number == 2) context.Response.StatusCode = 403;
            return number == 2;
        });
        using var outbound = TestOutbound.To(origin.Address);
        using var folder = new TemporaryFolder();
        var links = new FlakyLinks(origin.Address);

        using var file = await TestTransfer.FetchAsync(outbound, links, Content, folder);

        Assert.True(file.IsVerified);
        Assert.Equal(5, links.Asked);
    }

    /// <summary>The second, third and fourth time there is no link to be had.</summary>
    private sealed class FlakyLinks(Uri link) : IOrigin
    {
        public int Asked { get; private set; }

        public ValueTask<Uri> GetLinkAsync(LinkNeed need, CancellationToken cancellationToken) =>
            ++Asked is >= 2 and <= 4 ? throw HttpErrors.Unreachable(link, new IOException("down")) : ValueTask.FromResult(link);
    }
}
