using CivitaiDownloader.Http;
using CivitaiDownloader.Storage;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Http;

public sealed class ApiReaderPostTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Database _database;

    public ApiReaderPostTests() => _database = Database.Open(_folder["cache.db"], [HttpSchema.Part]);

    public void Dispose()
    {
        _database.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_look_up_that_fails_in_passing_is_asked_again_with_the_same_body()
    {
        var bodies = new List<string>();
        await using var host = await LocalHost.StartAsync(async context =>
        {
            bodies.Add($"{context.Request.Method} {context.Request.ContentType} {await new StreamReader(context.Request.Body).ReadToEndAsync()}");
            context.Response.StatusCode = bodies.Count < 3 ? 503 : 200;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("[1]");
        });
        using var outbound = TestOutbound.To(host.Address);

        var answer = await PostAsync(outbound, host);

        Assert.Equal("[1]"u8, answer.Body.Span);
        Assert.Equal(Enumerable.Repeat("""POST application/json ["a"]""", 3), bodies);
    }

    [Fact]
    public async Task An_answer_is_not_given_to_another_question_at_the_same_address()
    {
        var asked = 0;
        await using var host = await LocalHost.StartAsync(context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync($"[{++asked}]");
        });
        using var outbound = TestOutbound.To(host.Address);

        await PostAsync(outbound, host);
        var second = await PostAsync(outbound, host);

        Assert.Equal("[2]"u8, second.Body.Span);
        Assert.False(second.FromCache);
    }

    private Task<ApiAnswer> PostAsync(Outbound outbound, LocalHost host) =>
        new ApiReader(outbound, TestOutbound.Options(host.Address), _database, null, TimeProvider.System).PostAsync(host.Address, """["a"]"""u8.ToArray(), TestContext.Current.CancellationToken);
}
