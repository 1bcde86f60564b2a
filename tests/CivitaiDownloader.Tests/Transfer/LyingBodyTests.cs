using CivitaiDownloader.Http;
using CivitaiDownloader.Tests.Http;
using CivitaiDownloader.Transfer;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
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
        var options = new TransferOptions { RetryBaseDelay = TimeSpan.FromMilliseconds(10), RetryMaxDelay = TimeSpan.FromMilliseconds(20) };
        var transfer = new FileTransfer(outbound, options, TimeProvider.System, new Random(1), NullLogger<FileTransfer>.Instance);
        using var file = await transfer.RunAsync(new(new Fixed(host.Address), "file", folder["file.part"]) { EstimatedBytes = estimate }, new(TimeProvider.System), TestContext.Current.CancellationToken);
    }

    private sealed class Fixed(Uri address) : IOrigin
    {
        public ValueTask<Uri> GetLinkAsync(LinkNeed need, CancellationToken cancellationToken) => ValueTask.FromResult(address);
    }
}
