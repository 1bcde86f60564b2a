using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CivitaiDownloader.Tests.Http;

/// <summary>What was fetched before stands in for a network that is gone, and offline for any question.</summary>
public sealed class StaleAnswerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private readonly Database _database;

    public StaleAnswerTests() => _database = Database.Open(_folder["cache.db"], [HttpSchema.Part]);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_kept_answer_of_any_age_is_used_when_the_network_is_gone_and_says_so()
    {
        var isGone = false;
        await using var host = await LocalHost.StartAsync(context => AnswerAsync(context, isGone));
        using var outbound = TestOutbound.To(host.Address, set: options => options.MaxAttempts = 1);
        var api = Reader(outbound, host);
        await api.GetAsync(host.Address, CacheUse.Normal, Cancel);

        isGone = true;
        _time.Advance(TimeSpan.FromDays(100));
        var stale = await api.GetAsync(host.Address, CacheUse.Normal, Cancel);

        Assert.Equal("""{"n":1}"""u8, stale.Body.Span);
        Assert.True(stale is { IsStale: true, FromCache: true });
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero), stale.FetchedAt);
        Assert.Equal((1, stale.FetchedAt, HttpFault.Unreachable), (api.Stale.Read()!.Answers, api.Stale.Read()!.Oldest, api.Stale.Read()!.Why!.Fault));
    }

    [Fact]
    public async Task After_one_failure_kept_answers_are_used_without_waiting_again_for_a_while()
    {
        var isGone = false;
        await using var host = await LocalHost.StartAsync(context => AnswerAsync(context, isGone));
        using var outbound = TestOutbound.To(host.Address, set: options => options.MaxAttempts = 1);
        var api = Reader(outbound, host);
        await api.GetAsync(host.Address, CacheUse.Normal, Cancel);
        isGone = true;
        _time.Advance(TimeSpan.FromHours(1));
        await api.GetAsync(host.Address, CacheUse.Normal, Cancel);
        var asked = host.Requests.Count;

        await api.GetAsync(host.Address, CacheUse.Normal, Cancel);
        Assert.Equal(asked, host.Requests.Count);

        isGone = false;
        _time.Advance(TimeSpan.FromSeconds(31));
        Assert.False((await api.GetAsync(host.Address, CacheUse.Normal, Cancel)).IsStale);
    }

    [Fact]
    public async Task What_is_not_kept_what_must_be_fresh_and_what_a_host_does_on_purpose_stay_errors()
    {
        var isGone = false;
        await using var host = await LocalHost.StartAsync(context =>
        {
            if (isGone && context.Request.Path == "/circle") context.Response.Redirect("/circle", permanent: false, preserveMethod: true);
            return isGone && context.Request.Path == "/circle" ? Task.CompletedTask : AnswerAsync(context, isGone);
        });
        using var outbound = TestOutbound.To(host.Address, set: options => options.MaxAttempts = 1);
        var circle = new Uri(host.Address, "circle");
        foreach (var address in new[] { host.Address, circle }) await Reader(outbound, host).GetAsync(address, CacheUse.Normal, Cancel);
        isGone = true;
        _time.Advance(TimeSpan.FromHours(1));

        var asked = await Assert.ThrowsAsync<HttpException>(() => Reader(outbound, host).GetAsync(circle, CacheUse.Normal, Cancel));
        var fresh = await Assert.ThrowsAsync<HttpException>(() => Reader(outbound, host).GetAsync(host.Address, CacheUse.Refresh, Cancel));
        var unknown = await Assert.ThrowsAsync<HttpException>(() => Reader(outbound, host).GetAsync(new(host.Address, "other"), CacheUse.Normal, Cancel));

        Assert.Equal((HttpFault.TooManyRedirects, HttpFault.Unreachable, HttpFault.Unreachable), (asked.Fault, fresh.Fault, unknown.Fault));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Offline_nobody_is_asked(bool bySetting)
    {
        await using var host = await LocalHost.StartAsync(context => AnswerAsync(context, isGone: false));
        using var online = TestOutbound.To(host.Address);
        await Reader(online, host).GetAsync(host.Address, CacheUse.Normal, Cancel);
        using var outbound = TestOutbound.To(host.Address, set: options => options.Offline = bySetting);
        var api = Reader(outbound, host, options => options.Offline = bySetting);
        var use = bySetting ? CacheUse.Refresh : CacheUse.Offline;
        _time.Advance(TimeSpan.FromDays(30));

        var kept = await api.GetAsync(host.Address, use, Cancel);
        var other = await Assert.ThrowsAsync<HttpException>(() => api.GetAsync(new(host.Address, "other?token=secret"), use, Cancel));

        Assert.True(kept.IsStale);
        Assert.Null(api.Stale.Read()!.Why);
        Assert.Equal(HttpFault.NotInCache, other.Fault);
        Assert.DoesNotContain("secret", other.Message);
        Assert.Single(host.Requests);
    }

    [Theory]
    [InlineData(CacheUse.Normal)]
    [InlineData(CacheUse.Offline)]
    public async Task What_anybody_could_see_stands_in_for_somebody_with_a_key_too_and_what_another_saw_does_not(CacheUse use)
    {
        var isGone = false;
        await using var host = await LocalHost.StartAsync(context => AnswerAsync(context, isGone));
        using var outbound = TestOutbound.To(host.Address, set: options => options.MaxAttempts = 1);
        var others = new Uri(host.Address, "others");
        await Reader(outbound, host).GetAsync(host.Address, CacheUse.Normal, Cancel);
        await Reader(outbound, host, key: "another").GetAsync(others, CacheUse.Normal, Cancel);
        isGone = true;
        _time.Advance(TimeSpan.FromHours(1));

        var kept = await Reader(outbound, host, key: "mine").GetAsync(host.Address, use, Cancel);

        Assert.True(kept is { IsStale: true, FromCache: true });
        await Assert.ThrowsAsync<HttpException>(() => Reader(outbound, host, key: "mine").GetAsync(others, use, Cancel));
    }

    [Theory]
    [InlineData(CacheUse.Normal)]
    [InlineData(CacheUse.Offline)]
    public async Task Without_a_cache_nothing_that_an_earlier_run_kept_stands_in(CacheUse use)
    {
        var isGone = false;
        await using var host = await LocalHost.StartAsync(context => AnswerAsync(context, isGone));
        using var outbound = TestOutbound.To(host.Address, set: options => options.MaxAttempts = 1);
        await Reader(outbound, host).GetAsync(host.Address, CacheUse.Normal, Cancel);
        isGone = true;

        await Assert.ThrowsAsync<HttpException>(() => Reader(outbound, host, options => options.CacheLifetime = TimeSpan.Zero, key: "mine").GetAsync(host.Address, use, Cancel));
    }

    [Fact]
    public async Task Offline_nothing_is_sent_at_all()
    {
        await using var host = await LocalHost.StartAsync(context => AnswerAsync(context, isGone: false));
        using var outbound = TestOutbound.To(host.Address, set: options => options.Offline = true);

        var error = await Assert.ThrowsAsync<HttpException>(() => outbound.SendAsync(new(host.Address), Cancel));

        Assert.Equal((HttpFault.Offline, false), (error.Fault, error.IsTransient));
        Assert.Empty(host.Requests);
    }

    private ApiReader Reader(Outbound outbound, LocalHost host, Action<HttpOptions>? set = null, string? key = null) =>
        new(outbound, TestOutbound.Options(host.Address, set), _database, key is null ? null : new SecretString(key), _time);

    private static Task AnswerAsync(HttpContext context, bool isGone)
    {
        if (isGone)
        {
            context.Abort();
            return Task.CompletedTask;
        }

        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync("""{"n":1}""");
    }
}
