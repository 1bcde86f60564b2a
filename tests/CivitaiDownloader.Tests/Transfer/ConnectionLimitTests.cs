using System.Globalization;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Sandbox.Content;
using CivitaiDownloader.Tests.Http;
using CivitaiDownloader.Transfer;
using CivitaiDownloader.Transfer.Sources;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer;

/// <summary>The connections of all files together, whatever they are used for: first answers, parts, whole bodies, repairs.</summary>
public sealed class ConnectionLimitTests : IAsyncLifetime
{
    private const int BlockBytes = 64 << 10;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private static readonly GeneratedContent Content = new(5, (20 << 20) + 321); // more than the first request asks for
    private static readonly GeneratedContent Small = new(6, BlockBytes);

    private readonly TemporaryFolder _folder = new();
    private readonly HashSet<string> _lied = [];
    private LocalHost _host = null!;
    private readonly TaskCompletionSource _together = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _expected = 1;
    private int _open;
    private int _mostOpen;

    public async ValueTask InitializeAsync() => _host = await LocalHost.StartAsync(AnswerAsync);

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Files_of_every_kind_keep_to_the_connections_in_all()
    {
        _expected = 2;

        await RunAsync(new Numbers { Connections = 2, ConnectionsPerFile = 1 }, perHost: 16);

        Assert.Equal(2, _mostOpen);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 16)]
    [InlineData(3, 1)]
    public async Task Who_waits_for_a_connection_keeps_no_place_from_who_has_one(int connections, int perHost) =>
        await RunAsync(new Numbers { Connections = connections, ConnectionsPerFile = 4 }, perHost);

    [Fact]
    public async Task A_limit_that_is_raised_is_felt_by_who_waits_already()
    {
        var limits = new Numbers { Connections = 1, ConnectionsPerFile = 1 };
        var permits = new ConnectionPermits(limits);
        using var inside = await permits.EnterAsync(TestContext.Current.CancellationToken);
        var waiting = permits.EnterAsync(TestContext.Current.CancellationToken).AsTask();
        Assert.False(waiting.IsCompleted);

        limits.Raise(2);

        (await waiting.WaitAsync(Limit, TestContext.Current.CancellationToken)).Dispose();
    }

    private async Task RunAsync(ITransferLimits limits, int perHost)
    {
        using var outbound = TestOutbound.To(_host.Address, set: http => http.MaxConnectionsPerHost = perHost);
        var transfer = TestTransfer.Over(outbound, limits: limits);
        string[] kinds = ["parts", "parts", "whole", "endless", "lies", "lies", "lies"];
        var running = kinds.Select((kind, index) => FetchAsync(transfer, kind, index));

        await Task.WhenAll(running).WaitAsync(Limit, TestContext.Current.CancellationToken);
    }

    private async Task FetchAsync(FileTransfer transfer, string kind, int index)
    {
        var content = kind == "lies" ? Small : Content;
        var expected = TestTransfer.HashOf(content);
        var request = new TransferRequest(new FixedLink(new(_host.Address, $"{kind}/{index}")), "file", _folder[$"{index}.part"]) { Expected = [expected], EstimatedBytes = content.Length };

        using var file = await transfer.RunAsync(request, new(TimeProvider.System), TestContext.Current.CancellationToken);

        Assert.Equal(expected, file.ProvedBy);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var (path, response) = (context.Request.Path.Value!, context.Response);
        var (isLie, content) = (false, path.StartsWith("/lies", StringComparison.Ordinal) ? Small : Content);
        lock (_lied)
        {
            _mostOpen = Math.Max(_mostOpen, ++_open);
            if (_open >= _expected) _together.TrySetResult();
            isLie = content == Small && _lied.Add(path);
        }

        var (start, end) = (0L, content.Length);
        if (content == Small || path.StartsWith("/parts", StringComparison.Ordinal))
        {
            var range = context.Request.Headers.Range.ToString()["bytes=".Length..].Split('-');
            (start, end) = (long.Parse(range[0], CultureInfo.InvariantCulture), Math.Min(end, long.Parse(range[1], CultureInfo.InvariantCulture) + 1));
            (response.StatusCode, response.Headers.ContentRange) = (206, $"bytes {start}-{end - 1}/{content.Length}");
        }

        (response.Headers.ETag, response.ContentType) = ("\"one\"", "application/octet-stream");
        if (!path.StartsWith("/endless", StringComparison.Ordinal)) response.ContentLength = end - start;
        await response.StartAsync();
        await _together.Task.WaitAsync(Limit, context.RequestAborted); // so that what may overlap does
        var block = new byte[BlockBytes];
        for (; start < end; start += BlockBytes)
        {
            var bytes = block.AsMemory(0, (int)Math.Min(BlockBytes, end - start));
            content.Fill(start, bytes.Span);
            if (isLie) bytes.Span[0] ^= 1;
            if (start + bytes.Length == end) Leave(); // before the last byte: with that the other side may ask for more
            await response.Body.WriteAsync(bytes, context.RequestAborted);
        }
    }

    private void Leave()
    {
        lock (_lied) _open--;
    }

    private sealed class Numbers : ITransferLimits
    {
        private Action? _told;

        public int Connections { get; set; }

        public int ConnectionsPerFile { get; init; }

        public void WhenRaised(Action told) => _told = told;

        public void Raise(int connections)
        {
            Connections = connections;
            _told!();
        }
    }
}
