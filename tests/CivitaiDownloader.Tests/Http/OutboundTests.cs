using System.Diagnostics;
using System.Globalization;
using System.Net;
using CivitaiDownloader.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CivitaiDownloader.Tests.Http;

public sealed class OutboundTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_key_does_not_follow_a_redirect_and_neither_does_a_cookie()
    {
        await using var second = await LocalHost.StartAsync(context => context.Response.WriteAsync("file"));
        await using var first = await LocalHost.StartAsync(context =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.SetCookie = "session=1; Path=/";
            context.Response.Headers.Location = second.Address.AbsoluteUri + "file";
            return Task.CompletedTask;
        });
        using var outbound = TestOutbound.To(first.Address, key: "the-key");

        foreach (var range in new CivitaiDownloader.Primitives.ByteRange?[] { null, new(0, 10), new(5, 10) }) // the first fetch, a resume, a part
        {
            await using var answer = await outbound.SendAsync(new(first.Address) { SignIn = SignIn.WhenAllowed, Range = range }, Cancel);
        }

        Assert.All(first.Requests, asked => Assert.Equal("Bearer the-key", asked.Headers["Authorization"]));
        Assert.All(second.Requests, asked => Assert.False(asked.Headers.ContainsKey("Authorization") || asked.Headers.ContainsKey("Cookie") || asked.Path.Contains("key", StringComparison.Ordinal)));
        Assert.Equal(3, second.Requests.Count);
    }

    [Fact]
    public async Task It_calls_itself_by_a_plain_name_and_asks_for_identity()
    {
        await using var host = await LocalHost.StartAsync(context => context.Response.WriteAsync("x"));
        using var outbound = TestOutbound.To(host.Address);

        await using var answer = await outbound.SendAsync(new(host.Address), Cancel);

        var asked = Assert.Single(host.Requests);
        Assert.Matches(@"^civitai-dl/\d+\.\d+\.\d+$", asked.Headers["User-Agent"]);
        Assert.DoesNotMatch("(?i)mozilla|chrome|safari|firefox|opera|edge", asked.Headers["User-Agent"]);
        Assert.Equal("identity", asked.Headers["Accept-Encoding"]);
        Assert.False(asked.Headers.ContainsKey("traceparent"));
    }

    [Fact]
    public async Task Five_redirects_are_followed_and_not_a_sixth()
    {
        await using var host = await LocalHost.StartAsync(context =>
        {
            var left = int.Parse(context.Request.Path.Value!.Trim('/'), CultureInfo.InvariantCulture);
            if (left == 0) return context.Response.WriteAsync("arrived");
            context.Response.StatusCode = 302;
            context.Response.Headers.Location = $"/{left - 1}";
            return Task.CompletedTask;
        });
        using var outbound = TestOutbound.To(host.Address);

        await using var five = await outbound.SendAsync(new(new(host.Address, "/5")), Cancel);
        var error = await Assert.ThrowsAsync<HttpException>(() => outbound.SendAsync(new(new(host.Address, "/6")), Cancel));

        Assert.Equal(HttpStatusCode.OK, five.Status);
        Assert.Equal(HttpFault.TooManyRedirects, error.Fault);
    }

    [Fact]
    public async Task A_name_that_resolves_to_this_machine_the_second_time_is_refused_when_connecting()
    {
        await using var host = await LocalHost.StartAsync(context => context.Response.WriteAsync("secret"));
        var answers = new Queue<IPAddress>([IPAddress.Parse("93.184.215.14"), IPAddress.Loopback]);
        var asked = 0;
        using var outbound = TestOutbound.To(new("https://civitai.com/"), set: options => { options.MaxAttempts = 1; options.ConnectTimeout = TimeSpan.FromSeconds(1); },
            resolve: (_, _) => Task.FromResult<IPAddress[]>([asked++ == 0 ? answers.Peek() : IPAddress.Loopback]));

        await Assert.ThrowsAsync<HttpException>(() => outbound.SendAsync(new(new("https://rebind.example.org/")), Cancel)); // no network here: it cannot be reached
        var second = await Assert.ThrowsAsync<HttpException>(() => outbound.SendAsync(new(new("https://rebind.example.org/")), Cancel));

        Assert.Equal(HttpFault.AddressRefused, second.Fault);
        Assert.Empty(host.Requests);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(522)]
    public async Task A_passing_failure_is_tried_again(int status)
    {
        var asked = 0;
        await using var host = await LocalHost.StartAsync(context =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref asked) < 3 ? status : 200;
            return Task.CompletedTask;
        });
        using var outbound = TestOutbound.To(host.Address);

        await using var answer = await outbound.SendAsync(new(host.Address), Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(2, outbound.Counters.Read().Retries);
    }

    [Theory]
    [InlineData(400)]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(410)]
    [InlineData(451)]
    public async Task A_settled_answer_is_asked_for_once(int status)
    {
        await using var host = await LocalHost.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        using var outbound = TestOutbound.To(host.Address);

        await using var answer = await outbound.SendAsync(new(host.Address), Cancel);

        Assert.Equal(status, (int)answer.Status);
        Assert.Single(host.Requests);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("date")]
    public async Task Retry_After_is_waited_for_in_seconds_and_as_a_date(string form)
    {
        var asked = 0;
        await using var host = await LocalHost.StartAsync(context =>
        {
            if (Interlocked.Increment(ref asked) > 1) return Task.CompletedTask;
            context.Response.StatusCode = 429;
            context.Response.Headers.RetryAfter = form == "date" ? DateTimeOffset.UtcNow.AddSeconds(2).ToString("R", CultureInfo.InvariantCulture) : form;
            return Task.CompletedTask;
        });
        using var outbound = TestOutbound.To(host.Address);
        var start = Stopwatch.GetTimestamp();

        await using var answer = await outbound.SendAsync(new(host.Address), Cancel);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.InRange(Stopwatch.GetElapsedTime(start).TotalSeconds, 0.8, 30);
    }

    [Fact]
    public async Task A_host_that_goes_on_failing_is_left_alone()
    {
        await using var host = await LocalHost.StartAsync(context =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        using var outbound = TestOutbound.To(host.Address);

        var faults = new List<HttpFault>();
        for (var i = 0; i < 12; i++) faults.Add((await Assert.ThrowsAsync<HttpException>(() => outbound.SendAsync(new(host.Address), Cancel))).Fault);
        var asked = host.Requests.Count;
        await Assert.ThrowsAsync<HttpException>(() => outbound.SendAsync(new(host.Address), Cancel));

        Assert.Contains(HttpFault.CircuitOpen, faults);
        Assert.Equal(asked, host.Requests.Count);
    }

    [Fact]
    public async Task Many_at_once_are_halved_at_overload_and_come_back()
    {
        var (now, most, overloaded) = (0, 0, false);
        var counting = new Lock();
        var together = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var host = await LocalHost.StartAsync(async context =>
        {
            lock (counting) most = Math.Max(most, ++now);
            if (Volatile.Read(ref overloaded)) context.Response.StatusCode = 503;
            else await together.Task;
            lock (counting) now--;
        });
        using var outbound = TestOutbound.To(host.Address, set: options => { options.MaxAttempts = 1; options.MaxConnectionsPerHost = 8; });

        Assert.Equal(8, await MostAtOnceAsync()); // as many as are allowed, before any overload
        Volatile.Write(ref overloaded, true);
        await AskAsync(outbound, host, 1);
        Volatile.Write(ref overloaded, false);
        Assert.Equal(4, await MostAtOnceAsync());
        // Sixteen good answers with room for four, then five … bring the room back.
        for (var round = 0; round < 3; round++) await MostAtOnceAsync();
        Assert.Equal(8, await MostAtOnceAsync());

        // Sixteen overlapping requests: answers are held back until no further one arrives.
        async Task<int> MostAtOnceAsync()
        {
            lock (counting) most = 0;
            together = new(TaskCreationOptions.RunContinuationsAsynchronously);
            var asking = AskAsync(outbound, host, 16);
            using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            for (var (before, quiet) = (0, 0); quiet < 10;)
            {
                await ticks.WaitForNextTickAsync(Cancel);
                var arrived = Volatile.Read(ref now);
                (before, quiet) = (arrived, arrived > 0 && arrived == before ? quiet + 1 : 0);
            }

            together.SetResult();
            await asking;
            return most;
        }
    }

    [Fact]
    public async Task A_silent_host_is_given_up_and_a_caller_can_leave_at_any_time()
    {
        await using var host = await LocalHost.StartAsync(context => Task.Delay(Timeout.Infinite, context.RequestAborted));
        using var outbound = TestOutbound.To(host.Address, set: options => { options.MaxAttempts = 1; options.AnswerTimeout = TimeSpan.FromMilliseconds(200); });
        using var leave = new CancellationTokenSource(50);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => outbound.SendAsync(new(host.Address), leave.Token));
        Assert.Equal(HttpFault.TimedOut, (await Assert.ThrowsAsync<HttpException>(() => outbound.SendAsync(new(host.Address), Cancel))).Fault);
    }

    [Fact]
    public async Task What_is_printed_of_an_address_has_no_secret()
    {
        using var outbound = TestOutbound.To(new("http://127.0.0.1:1/"), set: options => options.MaxAttempts = 1);

        var error = await Assert.ThrowsAsync<HttpException>(() => outbound.SendAsync(new(new("http://127.0.0.1:1/x?token=secret&X-Amz-Signature=secret")), Cancel));

        Assert.DoesNotContain("secret", error.ToString());
    }

    private static async Task AskAsync(Outbound outbound, LocalHost host, int times) => await Task.WhenAll(Enumerable.Range(0, times).Select(async _ =>
    {
        await using var answer = await outbound.SendAsync(new(host.Address), Cancel);
    }));
}
