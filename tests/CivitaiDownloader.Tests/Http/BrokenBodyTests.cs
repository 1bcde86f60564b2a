using System.IO.Compression;
using System.Text;
using CivitaiDownloader.Http;
using CivitaiDownloader.Storage;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Http;

/// <summary>An API answer whose body does not arrive whole is asked for again, like one that did not arrive at all.</summary>
public sealed class BrokenBodyTests : IDisposable
{
    private static readonly byte[] Good = Encoding.UTF8.GetBytes("""{"text":"PADDING"}""".Replace("PADDING", new string('x', 5000), StringComparison.Ordinal));

    private readonly TemporaryFolder _folder = new();
    private readonly Database _database;

    public BrokenBodyTests() => _database = Database.Open(_folder["cache.db"], [HttpSchema.Part]);

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("garbled gzip")]
    [InlineData("gzip that just ends")]
    [InlineData("ends without a word")]
    public async Task A_broken_body_is_asked_for_again(string how)
    {
        var asked = 0;
        await using var host = await LocalHost.StartAsync(context => Interlocked.Increment(ref asked) == 1 ? BreakAsync(context, how) : WriteAsync(context, Good));

        var answer = await GetAsync(host, attempts: 3);

        Assert.Equal(Good, answer.Body.ToArray());
        Assert.Equal(2, asked);
    }

    [Theory]
    [InlineData("cut")]
    [InlineData("garbled gzip")]
    public async Task One_that_is_always_broken_is_an_error_after_the_attempts_there_are_and_is_not_kept(string how)
    {
        var asked = 0;
        await using var host = await LocalHost.StartAsync(context =>
        {
            Interlocked.Increment(ref asked);
            return BreakAsync(context, how);
        });

        var error = await Assert.ThrowsAsync<HttpException>(() => GetAsync(host, attempts: 3));
        var offline = await Assert.ThrowsAsync<HttpException>(() => GetAsync(host, attempts: 3, CacheUse.Offline));

        Assert.Equal((HttpFault.Unreachable, true, 3), (error.Fault, error.IsTransient, asked));
        Assert.Contains("broke off or arrived garbled", error.Message);
        Assert.Equal(HttpFault.NotInCache, offline.Fault);
    }

    [Fact]
    public async Task The_status_of_an_error_is_told_although_its_text_broke_off()
    {
        await using var host = await LocalHost.StartAsync(context =>
        {
            context.Response.StatusCode = 404;
            return BreakAsync(context, "cut");
        });

        Assert.Equal(404, (int)(await GetAsync(host, attempts: 1)).Status);
    }

    private async Task<ApiAnswer> GetAsync(LocalHost host, int attempts, CacheUse use = CacheUse.Normal)
    {
        using var outbound = TestOutbound.To(host.Address, set: options => options.MaxAttempts = attempts);
        return await new ApiReader(outbound, TestOutbound.Options(host.Address), _database, null, TimeProvider.System).GetAsync(host.Address, use, TestContext.Current.CancellationToken);
    }

    private static async Task BreakAsync(HttpContext context, string how)
    {
        switch (how)
        {
            case "cut":
                context.Response.ContentLength = Good.Length;
                await WriteAsync(context, Good[..2000]); // short of its length, the server closes the connection behind it
                break;
            case "garbled gzip":
                context.Response.Headers.ContentEncoding = "gzip";
                var garbled = Gzip();
                garbled.AsSpan(12, 8).Fill(0xFF);
                await WriteAsync(context, garbled);
                break;
            case "gzip that just ends":
                context.Response.Headers.ContentEncoding = "gzip";
                await WriteAsync(context, Gzip()[..^12]);
                break;
            default:
                await WriteAsync(context, Good[..2000]);
                break;
        }
    }

    private static byte[] Gzip()
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.NoCompression)) gzip.Write(Good);
        return packed.ToArray();
    }

    private static Task WriteAsync(HttpContext context, byte[] body)
    {
        context.Response.ContentType = "application/json";
        return context.Response.Body.WriteAsync(body).AsTask();
    }
}
