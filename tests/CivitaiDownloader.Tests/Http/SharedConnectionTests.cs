using System.Collections.Concurrent;
using System.Net;
using CivitaiDownloader.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Xunit;

namespace CivitaiDownloader.Tests.Http;

/// <summary>Small requests to a host that speaks HTTP/2, and to hosts that do not, or not well.</summary>
public sealed class SharedConnectionTests
{
    private static readonly byte[] Body = "{\"answer\":42}"u8.ToArray();

    private readonly ConcurrentDictionary<string, string> _connections = new(); // id to protocol
    private int _running;
    private int _most;

    [Fact]
    public async Task Small_requests_share_a_few_connections()
    {
        var all = new TaskCompletionSource();
        await using var host = await SecureHost.StartAsync(context => AnswerAsync(context, until: all, of: 32));
        using var outbound = host.Outbound();
        await AskAsync(outbound, new(host.Address, "?first"), Sharing.Any);

        await Task.WhenAll(Enumerable.Range(0, 32).Select(_ => AskAsync(outbound, host.Address, Sharing.Any))).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.All(_connections.Values, protocol => Assert.Equal("HTTP/2", protocol));
        Assert.InRange(_connections.Count, 2, 4);
        Assert.Equal(32, _most);
    }

    [Fact]
    public async Task Of_few_requests_all_share_one_connection()
    {
        await using var host = await SecureHost.StartAsync(context => AnswerAsync(context, pause: true));
        using var outbound = host.Outbound();
        await AskAsync(outbound, new(host.Address, "?first"), Sharing.Any);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => AskAsync(outbound, host.Address, Sharing.Any)));

        Assert.Equal("HTTP/2", Assert.Single(_connections).Value);
    }

    [Fact]
    public async Task What_is_shared_counts_among_the_connections()
    {
        await using var host = await SecureHost.StartAsync(context => AnswerAsync(context, pause: true));
        using var outbound = host.Outbound(options => options.MaxConnectionsPerHost = 8);
        await AskAsync(outbound, new(host.Address, "?first"), Sharing.Any);

        await Task.WhenAll(Enumerable.Range(0, 60).Select(number => AskAsync(outbound, host.Address, number % 2 == 0 ? Sharing.Any : Sharing.OwnConnection)));

        Assert.InRange(_connections.Count, 2, 8);
    }

    [Fact]
    public async Task What_is_shared_leaves_alone_those_connections_that_are_taken_already()
    {
        var places = new HostPlaces(new() { MaxConnectionsPerHost = 16 }, TimeProvider.System);
        var large = new List<IDisposable>();
        for (var i = 0; i < 15; i++) large.Add(await places.EnterAsync(Sharing.OwnConnection, TestContext.Current.CancellationToken));
        places.Protocol.Answered(HttpVersion.Version20);
        for (var i = 0; i < 32; i++) await places.EnterAsync(Sharing.Any, TestContext.Current.CancellationToken);

        Assert.Equal(1, places.SharedNeeded);

        large.ForEach(place => place.Dispose());
        Assert.Equal(4, places.SharedNeeded);
    }

    [Fact]
    public async Task No_more_small_requests_are_out_than_the_setting_says()
    {
        await using var host = await SecureHost.StartAsync(context => AnswerAsync(context, pause: true));
        using var outbound = host.Outbound(options => options.MaxStreamsPerHost = 2);
        await AskAsync(outbound, new(host.Address, "?first"), Sharing.Any);

        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => AskAsync(outbound, host.Address, Sharing.Any)));

        Assert.Equal(2, _most);
    }

    [Fact]
    public async Task Who_waits_for_a_connection_is_let_in_when_the_host_turns_out_to_speak_it()
    {
        var all = new TaskCompletionSource();
        await using var host = await SecureHost.StartAsync(context => AnswerAsync(context, until: all, of: 8));
        using var outbound = host.Outbound(options => options.MaxConnectionsPerHost = 1);

        var first = AskAsync(outbound, new(host.Address, "?first"), Sharing.Any);
        await Task.WhenAll([first, .. Enumerable.Range(0, 8).Select(_ => AskAsync(outbound, host.Address, Sharing.Any))]).WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);

        Assert.Equal(8, _most);
    }

    [Fact]
    public async Task A_request_of_its_own_has_a_connection_of_its_own()
    {
        await using var host = await SecureHost.StartAsync(context => AnswerAsync(context));
        using var outbound = host.Outbound();

        await AskAsync(outbound, host.Address, Sharing.Any);
        await AskAsync(outbound, host.Address, Sharing.OwnConnection);

        Assert.Equal(["HTTP/1.1", "HTTP/2"], _connections.Values.Order());
    }

    [Fact]
    public async Task A_host_without_HTTP2_gets_no_more_requests_than_connections()
    {
        await using var host = await SecureHost.StartAsync(context => AnswerAsync(context, pause: true), HttpProtocols.Http1);
        using var outbound = host.Outbound(options => options.MaxConnectionsPerHost = 4);

        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => AskAsync(outbound, host.Address, Sharing.Any)));

        Assert.InRange(_most, 2, 4);
        Assert.All(_connections.Values, protocol => Assert.Equal("HTTP/1.1", protocol));
    }

    [Fact]
    public async Task A_body_that_breaks_off_in_its_stream_is_asked_for_again()
    {
        var asked = 0;
        await using var host = await SecureHost.StartAsync(async context =>
        {
            var isFirst = Interlocked.Increment(ref asked) == 1;
            context.Response.ContentLength = Body.Length;
            await context.Response.Body.WriteAsync(isFirst ? Body.AsMemory(0, 5) : Body);
            await context.Response.Body.FlushAsync();
            if (isFirst) context.Features.Get<IHttpResetFeature>()!.Reset(2); // INTERNAL_ERROR
        });
        using var outbound = host.Outbound();

        await using var answer = await outbound.SendAsync(new(host.Address) { Sharing = Sharing.Any, WholeBodyUpTo = 1000 }, TestContext.Current.CancellationToken);

        Assert.Equal(Body, await answer.ReadBodyAsync(1000, TestContext.Current.CancellationToken));
        Assert.Equal(2, asked);
    }

    [Fact]
    public async Task Where_every_answer_breaks_off_in_its_stream_the_host_is_asked_without_it()
    {
        await using var host = await SecureHost.StartAsync(async context =>
        {
            var isHttp2 = context.Request.Protocol == "HTTP/2";
            context.Response.ContentLength = Body.Length;
            await context.Response.Body.WriteAsync(isHttp2 ? Body.AsMemory(0, 5) : Body);
            await context.Response.Body.FlushAsync();
            if (isHttp2) context.Features.Get<IHttpResetFeature>()!.Reset(1); // PROTOCOL_ERROR
        });
        using var outbound = host.Outbound();

        await using var answer = await outbound.SendAsync(new(host.Address) { Sharing = Sharing.Any, WholeBodyUpTo = 1000 }, TestContext.Current.CancellationToken);

        Assert.Equal(Body, await answer.ReadBodyAsync(1000, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Where_HTTP2_fails_again_and_again_the_host_is_asked_without_it()
    {
        await using var host = await SecureHost.StartAsync(context =>
        {
            if (context.Request.Protocol == "HTTP/2") context.Features.Get<IHttpResetFeature>()!.Reset(1); // PROTOCOL_ERROR
            return AnswerAsync(context);
        });
        using var outbound = host.Outbound();

        var answer = await AskAsync(outbound, host.Address, Sharing.Any);

        Assert.Equal(HttpStatusCode.OK, answer);
    }

    [Fact]
    public async Task A_host_that_speaks_it_no_more_gets_no_more_connections_than_others()
    {
        await using var host = await SecureHost.StartAsync(context => AnswerAsync(context, pause: true));
        using var outbound = host.Outbound(options => options.MaxConnectionsPerHost = 4);
        await AskAsync(outbound, host.Address, Sharing.Any);
        host.OffersHttp2 = false;
        outbound.CloseIdle();
        _connections.Clear();

        await Task.WhenAll(Enumerable.Range(0, 60).Select(number => AskAsync(outbound, host.Address, number % 3 == 0 ? Sharing.OwnConnection : Sharing.Any)));

        Assert.All(_connections.Values, protocol => Assert.Equal("HTTP/1.1", protocol));
        Assert.InRange(_connections.Count, 2, 4);
        Assert.InRange(_most, 2, 4);
    }

    [Fact]
    public async Task A_stream_that_is_refused_for_calm_is_a_sign_of_overload()
    {
        var asked = 0;
        var all = new TaskCompletionSource();
        await using var host = await SecureHost.StartAsync(context =>
        {
            if (Interlocked.Increment(ref asked) == 2) context.Features.Get<IHttpResetFeature>()!.Reset(11); // ENHANCE_YOUR_CALM
            return AnswerAsync(context, pause: true);
        });
        using var outbound = host.Outbound(options => (options.MaxConnectionsPerHost, options.MaxStreamsPerHost) = (2, 8));
        await AskAsync(outbound, host.Address, Sharing.Any);
        await AskAsync(outbound, host.Address, Sharing.Any);

        _most = 0;
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => AskAsync(outbound, host.Address, Sharing.Any)));

        Assert.InRange(_most, 1, 6); // 4, and one more for each 4 or 5 good ones
    }

    [Theory]
    [InlineData(HttpProtocols.Http1)]
    [InlineData(HttpProtocols.Http1AndHttp2)]
    public async Task To_close_idle_connections_fails_no_request(HttpProtocols protocols)
    {
        var body = new byte[40_000];
        await using var host = await SecureHost.StartAsync(async context =>
        {
            context.Response.ContentLength = 2 * body.Length;
            await context.Response.Body.WriteAsync(body);
            await context.Response.Body.FlushAsync();
            await Task.Yield();
            await context.Response.Body.WriteAsync(body);
        }, protocols);
        using var outbound = host.Outbound();
        using var enough = new CancellationTokenSource();

        var closing = Task.Run(async () =>
        {
            for (; !enough.IsCancellationRequested; await Task.Yield()) outbound.CloseIdle();
        }, TestContext.Current.CancellationToken);
        await Parallel.ForAsync(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.Current.CancellationToken }, async (_, token) =>
        {
            await using var answer = await outbound.SendAsync(new(host.Address) { Sharing = Sharing.Any, AsksOnce = true }, token);
            Assert.Equal(2 * body.Length, (await answer.ReadBodyAsync(1_000_000, token)).Length);
        });
        await enough.CancelAsync();
        await closing;
    }

    private async Task AnswerAsync(HttpContext context, TaskCompletionSource? until = null, int of = 0, bool pause = false)
    {
        _connections[context.Connection.Id] = context.Request.Protocol;
        if (context.Request.QueryString.Value == "?first") return;
        var running = Interlocked.Increment(ref _running);
        InterlockedMax(ref _most, running);
        if (until is not null && running == of) until.TrySetResult();
        if (until is not null) await until.Task.WaitAsync(context.RequestAborted);
        if (pause) await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
        Interlocked.Decrement(ref _running);
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var seen = Volatile.Read(ref most); value > seen; seen = Volatile.Read(ref most)) Interlocked.CompareExchange(ref most, value, seen);
    }

    private static async Task<HttpStatusCode> AskAsync(Outbound outbound, Uri address, Sharing sharing)
    {
        await using var answer = await outbound.SendAsync(new(address) { Sharing = sharing }, TestContext.Current.CancellationToken);
        return answer.Status;
    }
}
