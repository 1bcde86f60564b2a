using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;
using CivitaiDownloader.Jobs;
using CivitaiDownloader.Jobs.Identifying;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Storage;
using CivitaiDownloader.Tests.Http;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CivitaiDownloader.Tests.Jobs;

/// <summary>Before a host that knows hashes that begin with A, as version 10, and with B, as version 10 and the archived version 20.</summary>
public sealed class IdentifierTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero));
    private readonly ConcurrentQueue<(string Path, int Hashes)> _asked = new();
    private LocalHost _host = null!;
    private Database _database = null!;
    private Outbound _outbound = null!;
    private string? _failing;
    private bool _garbled;

    public async ValueTask InitializeAsync()
    {
        _host = await LocalHost.StartAsync(AnswerAsync);
        _database = Database.Open(_folder["cache.db"], [HttpSchema.Part, JobsSchema.Part]);
        _outbound = TestOutbound.To(_host.Address, set: options => options.MaxAttempts = 1);
    }

    public async ValueTask DisposeAsync()
    {
        _outbound.Dispose();
        _database.Dispose();
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Ten_thousand_are_asked_for_at_a_time_and_named_a_hundred_at_a_time()
    {
        var hashes = Enumerable.Range(0, 10_001).Select(number => Hash(number, known: number < 150)).ToArray();

        var found = await IdentifyAsync(hashes);

        Assert.Null(found.Failure);
        Assert.Equal([("ids", 10_000), ("versions", 100), ("versions", 50), ("ids", 1)], _asked);
        Assert.All(hashes[..150], hash => Assert.Equal("Model 1", found.Find(hash)?[0].ModelName));
        Assert.All(hashes[150..], hash => Assert.Empty(found.Find(hash)!));
    }

    [Fact]
    public async Task A_file_that_versions_share_is_named_for_each_and_one_the_batch_leaves_out_is_asked_for_alone()
    {
        var found = await IdentifyAsync(Hash(1, known: true, shared: true));

        var versions = found.Find(Hash(1, known: true, shared: true))!;
        Assert.Equal([(10, "Model 1", 100), (20, "Archived", null)], versions.Select(version => ((int)version.Version.Value, version.ModelName, (int?)version.File?.Value)));
        Assert.Contains(("/api/v1/model-versions/20", 0), _asked);
    }

    [Fact]
    public async Task Answers_are_not_asked_for_again_a_name_for_a_week_and_a_miss_for_a_quarter_of_an_hour()
    {
        var (known, unknown) = (Hash(1, known: true), Hash(2, known: false));
        await IdentifyAsync(known, unknown);
        _asked.Clear();
        _time.Advance(TimeSpan.FromMinutes(14));

        await IdentifyAsync(known, unknown);
        Assert.Empty(_asked);

        _time.Advance(TimeSpan.FromMinutes(2));
        await IdentifyAsync(known, unknown);
        Assert.Equal([("ids", 1)], _asked);

        _time.Advance(TimeSpan.FromDays(7));
        await IdentifyAsync(known, unknown);
        Assert.Equal([("ids", 1), ("ids", 2), ("versions", 1)], _asked);
    }

    [Fact]
    public async Task When_the_site_fails_older_answers_stand_in_and_the_rest_is_not_called_unknown()
    {
        var (known, fresh) = (Hash(1, known: true), Hash(3, known: true));
        await IdentifyAsync(known);
        _time.Advance(TimeSpan.FromDays(30));
        _failing = "ids";

        var found = await IdentifyAsync(known, fresh);

        Assert.IsType<CatalogException>(found.Failure);
        Assert.Equal("Model 1", found.Find(known)?[0].ModelName);
        Assert.Null(found.Find(fresh));
    }

    [Fact]
    public async Task When_only_the_names_fail_the_numbers_are_there_and_the_names_are_asked_for_the_next_time()
    {
        _failing = "versions";
        var numbered = await IdentifyAsync(Hash(1, known: true));
        _failing = null;
        var named = await IdentifyAsync(Hash(1, known: true));

        Assert.NotNull(numbered.Failure);
        Assert.Equal((10, 1, null), ((int)numbered.Find(Hash(1, known: true))![0].Version.Value, (int?)numbered.Find(Hash(1, known: true))![0].Model?.Value, numbered.Find(Hash(1, known: true))![0].ModelName));
        Assert.Equal("Model 1", named.Find(Hash(1, known: true))![0].ModelName);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_counted_and_who_it_may_be_is_asked_for_again()
    {
        _garbled = true;
        var doubtful = await IdentifyAsync(Hash(1, known: true));
        _garbled = false;
        var named = await IdentifyAsync(Hash(1, known: true));

        Assert.Equal(1, doubtful.Skipped);
        Assert.Equal((0, "Model 1"), (named.Skipped, named.Find(Hash(1, known: true))![0].ModelName));
    }

    private Task<Identification> IdentifyAsync(params ContentHash[] hashes)
    {
        var options = TestOutbound.Options(_host.Address);
        var api = new ApiReader(_outbound, options, _database, null, _time);
        return new Identifier(new(api, options), new(api, options, new(api, options)), _database, options, _time).IdentifyAsync(hashes, CacheUse.Normal, TestContext.Current.CancellationToken);
    }

    private async Task AnswerAsync(HttpContext context)
    {
        context.Response.ContentType = "application/json";
        var path = context.Request.Path.Value!;
        if (!path.Contains("by-hash", StringComparison.Ordinal))
        {
            _asked.Enqueue((path, 0));
            await context.Response.WriteAsync("""{"id":20,"modelId":2,"name":"v20","model":{"name":"Archived","type":"LORA","mode":"Archived"},"files":[]}""");
            return;
        }

        using var body = await JsonDocument.ParseAsync(context.Request.Body);
        var hashes = body.RootElement.EnumerateArray().Select(hash => hash.GetString()!).ToArray();
        var kind = path.EndsWith("ids", StringComparison.Ordinal) ? "ids" : "versions";
        _asked.Enqueue((kind, hashes.Length));
        if (_failing == kind) context.Response.StatusCode = 500;
        var answer = kind == "ids" ? Ids(hashes) : Versions(hashes);
        await context.Response.WriteAsync(_garbled ? answer.Replace("modelVersionId", "versionNumber", StringComparison.Ordinal) : answer);
    }

    private static string Ids(string[] hashes) => "[" + string.Join(',', hashes.Where(IsKnown).SelectMany(hash => (string[])(IsShared(hash)
        ? [$$"""{"modelVersionId":20,"modelId":2,"hash":"{{hash}}"}""", $$"""{"modelVersionId":10,"modelId":1,"hash":"{{hash}}"}"""]
        : [$$"""{"modelVersionId":10,"modelId":1,"hash":"{{hash}}"}"""]))) + "]";

    private static string Versions(string[] hashes) => "[" + string.Join(',', hashes.Where(IsKnown).Select(hash =>
        $$$"""{"id":10,"modelId":1,"name":"v10","baseModel":"Pony","model":{"name":"Model 1","type":"LORA"},"files":[{"id":100,"name":"a.pt","hashes":{"SHA256":"{{{hash}}}"}}]}""").Append("null")) + "]";

    private static bool IsKnown(string hash) => hash[0] == 'A' || IsShared(hash);

    private static bool IsShared(string hash) => hash[0] == 'B';

    private static ContentHash Hash(int number, bool known, bool shared = false) =>
        ContentHash.Parse(HashKind.Sha256, (shared ? "b" : known ? "a" : "c") + Convert.ToHexStringLower(SHA256.HashData(BitConverter.GetBytes(number)))[1..]);
}
