using System.IO.Compression;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Storage;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CivitaiDownloader.Tests.Http;

public sealed class ApiReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    private readonly Database _database;

    public ApiReaderTests() => _database = Database.Open(_folder["cache.db"], [HttpSchema.Part]);

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_answer_is_kept_for_a_quarter_of_an_hour_then_asked_about_by_its_tag()
    {
        await using var host = await LocalHost.StartAsync(context =>
        {
            if (context.Request.Headers.IfNoneMatch == "\"one\"") context.Response.StatusCode = 304;
            context.Response.Headers.ETag = "\"one\"";
            context.Response.ContentType = "application/json";
            return context.Response.StatusCode == 304 ? Task.CompletedTask : context.Response.WriteAsync("""{"n":1}""");
        });
        using var outbound = TestOutbound.To(host.Address);
        var api = Reader(outbound, host);

        var first = await GetAsync(api, host);
        _time.Advance(TimeSpan.FromMinutes(14));
        var second = await GetAsync(api, host);
        _time.Advance(TimeSpan.FromMinutes(2));
        var third = await GetAsync(api, host);
        var fourth = await api.GetAsync(host.Address, CacheUse.Refresh, TestContext.Current.CancellationToken);

        Assert.Equal([false, true, true, true], new[] { first, second, third, fourth }.Select(answer => answer.FromCache));
        Assert.All(new[] { first, second, third, fourth }, answer => Assert.Equal("""{"n":1}"""u8, answer.Body.Span));
        Assert.Equal([false, true, true], host.Requests.Select(asked => asked.Headers.ContainsKey("If-None-Match")));
        var counted = outbound.Counters.Read();
        Assert.Equal((1, 3, 2), (counted.CacheHits, counted.CacheMisses, counted.CacheRevalidated));
    }

    [Fact]
    public async Task An_error_is_not_kept_and_answers_of_one_key_are_not_given_to_another()
    {
        var status = 500;
        await using var host = await LocalHost.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync("{}");
        });
        using var outbound = TestOutbound.To(host.Address, set: options => options.MaxAttempts = 1);

        await GetAsync(Reader(outbound, host), host);
        status = 200;
        await GetAsync(Reader(outbound, host), host);
        await GetAsync(Reader(outbound, host), host);
        await GetAsync(Reader(outbound, host, "a-key"), host);

        Assert.Equal(3, host.Requests.Count);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    public async Task A_bomb_ends_at_the_cap_in_flat_memory(string encoding)
    {
        await using var host = await LocalHost.StartAsync(async context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.Headers.ContentEncoding = encoding;
            await using Stream packed = encoding == "br" ? new BrotliStream(context.Response.Body, CompressionLevel.Fastest) : new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            var spaces = new byte[1 << 20];
            for (var i = 0; i < 1024 && !context.RequestAborted.IsCancellationRequested; i++) await packed.WriteAsync(spaces, context.RequestAborted);
        });
        using var outbound = TestOutbound.To(host.Address);
        var api = Reader(outbound, host, set: options => options.MaxApiAnswerBytes = 2 << 20);

        var error = await Assert.ThrowsAsync<HttpException>(() => GetAsync(api, host));

        Assert.Equal(HttpFault.BodyTooLarge, error.Fault);
        Assert.Contains("2.00 MiB", error.Message);
    }

    private ApiReader Reader(Outbound outbound, LocalHost host, string? key = null, Action<HttpOptions>? set = null) =>
        new(outbound, TestOutbound.Options(host.Address, set), _database, key is null ? null : new SecretString(key), _time);

    private static Task<ApiAnswer> GetAsync(ApiReader api, LocalHost host) => api.GetAsync(host.Address, CacheUse.Normal, TestContext.Current.CancellationToken);
}
