using System.Globalization;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Sandbox.Content;
using CivitaiDownloader.Tests.Http;
using CivitaiDownloader.Tests.Transfer.Torture;
using CivitaiDownloader.Transfer;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer;

/// <summary>Hosts that say one thing and send another: stopped at the announced size, or at what can be believed.</summary>
public sealed class LyingBodyTests
{
    [Fact]
    public async Task More_than_was_announced_is_refused()
    {
        await using var host = await LocalHost.StartAsync(async context =>
        {
            context.Response.StatusCode = 206;
            context.Response.Headers.ETag = "\"one\"";
            if (context.Request.Headers.Range == "bytes=0-0")
            {
                context.Response.Headers.ContentRange = "bytes 0-0/1000";
                await context.Response.Body.WriteAsync(new byte[1]);
                return;
            }

            context.Response.Headers.ContentRange = "bytes 0-999/1000"; // and no Content-Length
            await EndlessAsync(context);
        });

        Assert.Equal(TransferFault.WrongLength, (await Assert.ThrowsAsync<TransferException>(() => RunAsync(host, estimate: 1000))).Fault);
    }

    [Fact]
    public async Task A_body_without_size_and_end_is_stopped_far_beyond_the_estimate()
    {
        await using var host = await LocalHost.StartAsync(EndlessAsync); // 200, chunked, for ever

        var error = await Assert.ThrowsAsync<TransferException>(() => RunAsync(host, estimate: 1000));

        Assert.Equal(TransferFault.WrongLength, error.Fault);
        Assert.Contains("names no size", error.Message);
    }

    [Fact]
    public async Task A_redirect_of_the_link_is_followed_without_a_credential_and_only_so_far()
    {
        await using var host = await LocalHost.StartAsync(context =>
        {
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = "/again";
            return Task.CompletedTask;
        });

        Assert.Equal(HttpFault.TooManyRedirects, (await Assert.ThrowsAsync<HttpException>(() => RunAsync(host, estimate: 1000))).Fault);
    }

    [Fact]
    public async Task An_empty_file_that_is_answered_200_is_an_empty_file()
    {
        await using var host = await LocalHost.StartAsync(context =>
        {
            context.Response.ContentType = "application/octet-stream";
            context.Response.ContentLength = 0;
            return Task.CompletedTask;
        });

        await RunAsync(host, estimate: 1000);
    }

    [Theory]
    [InlineData("parts")]
    [InlineData("the whole each time")]
    public async Task Bodies_that_name_no_length_later_on_are_read_to_their_end(string later)
    {
        var (content, asked) = (new GeneratedContent(7, 24 << 20), 0);
        await using var origin = await RangeOrigin.StartAsync(content, instead: async context =>
        {
            if (Interlocked.Increment(ref asked) == 1) return false; // the first answer shows the size
            var range = context.Request.Headers.Range.ToString()["bytes=".Length..].Split('-');
            var (start, end) = (long.Parse(range[0], CultureInfo.InvariantCulture), Math.Min(content.Length, long.Parse(range[1], CultureInfo.InvariantCulture) + 1));
            (context.Response.Headers.ETag, context.Response.ContentType) = (RangeOrigin.ETag, "application/octet-stream");
            if (later == "parts") (context.Response.StatusCode, context.Response.Headers.ContentRange) = (206, $"bytes {start}-{end - 1}/{content.Length}");
            else (start, end) = (0, content.Length);
            var bytes = new byte[end - start];
            content.Fill(start, bytes);
            await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
            return true;
        });
        using var folder = new TemporaryFolder();
        using var outbound = TestOutbound.To(origin.Address);

        using var file = await TestTransfer.FetchAsync(outbound, new FixedLink(origin.Address), content, folder);

        Assert.True(file.IsVerified);
        Assert.InRange(asked, 2, int.MaxValue);
    }

    private static async Task EndlessAsync(HttpContext context)
    {
        context.Response.ContentType = "application/octet-stream";
        var block = new byte[1 << 20];
        Array.Fill(block, (byte)7);
        while (!context.RequestAborted.IsCancellationRequested) await context.Response.Body.WriteAsync(block, context.RequestAborted);
    }

    private static async Task RunAsync(LocalHost host, long estimate)
    {
        using var folder = new TemporaryFolder();
        using var outbound = TestOutbound.To(host.Address);
        using var file = await TestTransfer.Over(outbound).RunAsync(new(new FixedLink(host.Address), "file", folder["file.part"]) { EstimatedBytes = estimate }, new(TimeProvider.System), TestContext.Current.CancellationToken);
    }
}
