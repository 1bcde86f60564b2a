using System.Collections.Concurrent;
using System.Security.Cryptography;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Tests.Http;
using CivitaiDownloader.Transfer;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer;

/// <summary>Files below a mebibyte, from a host that speaks HTTP/2.</summary>
public sealed class SmallFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _protocols = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(200_000)]
    [InlineData(1_048_575)]
    public async Task A_small_file_comes_over_the_shared_connection(int bytes)
    {
        var content = RandomNumberGenerator.GetBytes(bytes);

        using var staged = await FetchAsync(content, estimated: bytes);

        Assert.Equal(ContentHash.Sha256(SHA256.HashData(content)), staged.ProvedBy);
        Assert.Equal(["HTTP/2"], _protocols);
    }

    [Fact]
    public async Task A_large_file_does_not()
    {
        var content = RandomNumberGenerator.GetBytes(3_000_000);

        using var staged = await FetchAsync(content, estimated: content.Length);

        Assert.True(staged.IsVerified);
        Assert.All(_protocols, protocol => Assert.Equal("HTTP/1.1", protocol));
    }

    [Fact]
    public async Task One_that_was_called_small_and_is_not_arrives_all_the_same()
    {
        var content = RandomNumberGenerator.GetBytes(20_000_000);

        using var staged = await FetchAsync(content, estimated: 1000);

        Assert.True(staged.IsVerified);
    }

    [Theory]
    [InlineData(2)] // INTERNAL_ERROR
    [InlineData(7)] // REFUSED_STREAM
    [InlineData(11)] // ENHANCE_YOUR_CALM
    public async Task A_stream_that_is_reset_in_the_middle_is_gone_on_with(int error)
    {
        var content = RandomNumberGenerator.GetBytes(500_000);

        using var staged = await FetchAsync(content, estimated: content.Length, cutAt: 150_000, error: error);

        Assert.True(staged.IsVerified);
        Assert.Equal(2, _protocols.Count);
    }

    [Fact]
    public async Task Where_every_stream_breaks_it_comes_over_HTTP_1()
    {
        var content = RandomNumberGenerator.GetBytes(500_000);

        using var staged = await FetchAsync(content, estimated: content.Length, cutAt: 0, error: 1, cuts: int.MaxValue).WaitAsync(TimeSpan.FromSeconds(40), TestContext.Current.CancellationToken);

        Assert.True(staged.IsVerified);
        Assert.Equal("HTTP/1.1", _protocols.Last());
    }

    private async Task<StagedFile> FetchAsync(byte[] content, long estimated, int? cutAt = null, int error = 0, int cuts = 1)
    {
        var answered = 0;
        await using var host = await SecureHost.StartAsync(async context =>
        {
            _protocols.Enqueue(context.Request.Protocol);
            var range = context.Request.Headers.Range.ToString()["bytes=".Length..].Split('-');
            var (start, end) = (int.Parse(range[0]), Math.Min(int.Parse(range[1]) + 1, content.Length));
            context.Response.StatusCode = 206;
            context.Response.Headers.ETag = "\"x\"";
            context.Response.Headers.ContentRange = $"bytes {start}-{end - 1}/{content.Length}";
            context.Response.ContentLength = end - start;
            var isCut = cutAt is not null && context.Request.Protocol == "HTTP/2" && Interlocked.Increment(ref answered) <= cuts;
            await context.Response.Body.WriteAsync(content.AsMemory(start, isCut ? cutAt!.Value : end - start), context.RequestAborted);
            await context.Response.Body.FlushAsync();
            if (!isCut) return;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System); // a reset overtakes bytes that were not read yet
            context.Features.Get<IHttpResetFeature>()!.Reset(error);
        });
        using var outbound = host.Outbound();
        var options = new TransferOptions { RetryBaseDelay = TimeSpan.FromMilliseconds(10), RetryMaxDelay = TimeSpan.FromMilliseconds(40) };
        var transfer = new FileTransfer(outbound, options, TimeProvider.System, new Random(1), NullLogger<FileTransfer>.Instance);
        var request = new TransferRequest(new OneLink(host.Address), "file", _folder["file.part"]) { EstimatedBytes = estimated, Expected = [ContentHash.Sha256(SHA256.HashData(content))] };
        return await transfer.RunAsync(request, new(TimeProvider.System), TestContext.Current.CancellationToken);
    }

    private sealed class OneLink(Uri link) : IOrigin
    {
        public ValueTask<Uri> GetLinkAsync(LinkNeed need, CancellationToken cancellationToken) => ValueTask.FromResult(link);
    }
}
