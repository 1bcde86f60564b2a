using CivitaiDownloader.Primitives;
using CivitaiDownloader.Sandbox.Content;
using CivitaiDownloader.Tests.Http;
using CivitaiDownloader.Transfer;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer;

/// <summary>Small files over HTTP/2 beside large ones: what shares a connection is none of those that all files may have.</summary>
public sealed class SharedConnectionFilesTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly GeneratedContent Large = new(7, 4 << 20);
    private static readonly GeneratedContent Small = new(8, 64 << 10);

    private readonly TemporaryFolder _folder = new();
    private readonly TaskCompletionSource _largeBegan = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _smallAreThere = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [Fact]
    public async Task They_do_not_wait_for_the_one_connection_that_a_large_file_has()
    {
        await using var host = await SecureHost.StartAsync(AnswerAsync);
        using var outbound = host.Outbound();
        var transfer = TestTransfer.Over(outbound, options => (options.Connections, options.StallTimeout) = (1, Limit));
        await FetchAsync(transfer, new(host.Address, "small"), Small, "first"); // by which the host is known to speak it
        var large = FetchAsync(transfer, new(host.Address, "large"), Large, "large");
        await _largeBegan.Task.WaitAsync(Limit, TestContext.Current.CancellationToken);

        await Task.WhenAll(Enumerable.Range(0, 10).Select(number => FetchAsync(transfer, new(host.Address, "small"), Small, $"{number}"))).WaitAsync(Limit, TestContext.Current.CancellationToken);

        Assert.False(large.IsCompleted);
        _smallAreThere.SetResult();
        await large;
    }

    public void Dispose() => _folder.Dispose();

    private async Task FetchAsync(FileTransfer transfer, Uri link, GeneratedContent content, string name)
    {
        var expected = TestTransfer.HashOf(content);
        var request = new TransferRequest(new FixedLink(link), name, _folder[name + ".part"]) { Expected = [expected], EstimatedBytes = content.Length };

        using var file = await transfer.RunAsync(request, new(TimeProvider.System), TestContext.Current.CancellationToken);

        Assert.Equal(expected, file.ProvedBy);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var content = context.Request.Path == "/large" ? Large : Small;
        context.Response.ContentLength = content.Length;
        await context.Response.StartAsync();
        if (content == Large)
        {
            _largeBegan.TrySetResult();
            await _smallAreThere.Task.WaitAsync(context.RequestAborted);
        }

        var bytes = new byte[content.Length];
        content.Fill(0, bytes);
        await context.Response.Body.WriteAsync(bytes, context.RequestAborted);
    }
}
