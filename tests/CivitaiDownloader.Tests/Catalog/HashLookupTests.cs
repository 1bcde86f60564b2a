using System.Security.Cryptography;
using System.Text.Json;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Storage;
using CivitaiDownloader.Tests.Http;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Catalog;

public sealed class HashLookupTests
{
    private static readonly ContentHash One = Hash(1), Two = Hash(2);

    [Fact]
    public async Task Ids_are_read_with_and_without_their_model_and_a_shared_file_is_there_for_each_version()
    {
        var matches = await FindIdsAsync($$"""
            [{"modelVersionId":10,"modelId":1,"hash":"{{One.Hex.ToUpperInvariant()}}"},{"modelVersionId":20,"hash":"{{One.Hex.ToUpperInvariant()}}"},{"modelVersionId":10,"modelId":1,"hash":"{{One.Hex}}"}]
            """, One, Two);

        Assert.Equal([new(One, new(10), new ModelId(1)), new(One, new(20), null)], matches);
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_does_not_cost_the_others()
    {
        var matches = await FindIdsAsync($$"""[null,7,"x",{},{"modelVersionId":"ten","hash":"{{One.Hex}}"},{"modelVersionId":5,"hash":"short"},{"modelVersionId":"30","modelId":null,"hash":"{{Two.Hex}}"}]""", One, Two);

        Assert.Equal([new(Two, new(30), null)], matches);
    }

    [Fact]
    public async Task The_documented_answer_is_read()
    {
        if (Repository.SharedFixtures is null) Assert.Skip("The fixtures are not beside this checkout.");
        var json = await File.ReadAllTextAsync(Path.Combine(Repository.SharedFixtures, "civitai", "docs-example.by-hash-ids.response.json"), TestContext.Current.CancellationToken);

        var match = Assert.Single(await FindIdsAsync(json, One));

        Assert.Equal((2514310, null, "a5f58eb1c33616c4f06bca55af39876a7b817913cd829caa8acb111b770c85cc"), (match.Version.Value, match.Model?.Value, match.Sha256.Hex));
    }

    [Fact]
    public async Task Versions_come_once_each_without_nulls_and_their_addresses_lead_to_the_endpoint()
    {
        var version = $$$"""
            {"id":10,"modelId":1,"name":"v1","baseModel":"Pony","model":{"name":"M","type":"LORA"},"downloadUrl":"https://undefined/api/download/models/10","files":[
                {"id":100,"name":"a.safetensors","type":"Model","hashes":{"SHA256":"{{{One.Hex}}}"},"downloadUrl":"https://undefined/api/download/models/10"},
                {"id":101,"name":"b.vae.pt","type":"VAE","hashes":{},"downloadUrl":"https://undefined/api/download/models/10?type=VAE&token=secret"},
                {"id":102,"name":"c.yaml","type":"Config","hashes":{}}]}
            """;
        await using var host = await LookupHost.StartAsync($"[{version},null,{version},{{\"id\":1,\"id\":2}},3]");

        var report = new ListReport();
        var found = Assert.Single(await host.Lookup.FindVersionsAsync([One], report, TestContext.Current.CancellationToken));

        var root = host.Host.Address.AbsoluteUri + "api/download/models/10";
        Assert.Equal([root, root + "?type=VAE", root + "?fileId=102"], found.Files.Select(file => file.DownloadUrl));
        Assert.Equal(("v1", "M", "Pony", 1), (found.Name, found.Model?.Name, found.BaseModel, found.ModelId?.Value));
        Assert.Equal((1, 1, 2), (report.Found, report.Duplicates, report.Skipped));
    }

    [Theory]
    [InlineData("[null,{\"id\":10},null]", 0)]
    [InlineData("[null,{\"id\":10},null,{\"id\":1,\"id\":2}]", 1)]
    public async Task Null_says_that_there_is_nothing_and_is_no_row_that_could_not_be_read(string answer, int skipped)
    {
        await using var host = await LookupHost.StartAsync(answer);
        var report = new ListReport();

        Assert.Single(await host.Lookup.FindVersionsAsync([One], report, TestContext.Current.CancellationToken));
        Assert.Equal(skipped, report.Skipped);
    }

    [Fact]
    public async Task The_most_hashes_fit_into_what_the_site_takes_and_one_more_is_refused_here()
    {
        await using var host = await LookupHost.StartAsync("[]");
        var most = Enumerable.Range(0, HashLookup.MostIds).Select(Hash).ToArray();

        await host.Lookup.FindIdsAsync(most, new(), TestContext.Current.CancellationToken);

        var body = Assert.Single(host.Bodies);
        Assert.InRange(body.Length, 1, 1_000_000);
        using var json = JsonDocument.Parse(body);
        Assert.Equal(most.Select(hash => hash.Hex.ToUpperInvariant()), json.RootElement.EnumerateArray().Select(hash => hash.GetString()));
        await Assert.ThrowsAsync<ArgumentException>(() => host.Lookup.FindIdsAsync([.. most, Hash(-1)], new(), TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentException>(() => host.Lookup.FindVersionsAsync([.. most.Take(HashLookup.MostVersions + 1)], new(), TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("""{"error":"no"}""", CatalogFault.UnreadableAnswer)]
    [InlineData("nonsense", CatalogFault.UnreadableAnswer)]
    [InlineData("<html>wait</html>", CatalogFault.PageAnswer)]
    public async Task What_is_no_list_is_an_error(string answer, CatalogFault fault) =>
        Assert.Equal(fault, (await Assert.ThrowsAsync<CatalogException>(() => FindIdsAsync(answer, One))).Fault);

    private static async Task<IReadOnlyList<HashMatch>> FindIdsAsync(string answer, params ContentHash[] hashes)
    {
        await using var host = await LookupHost.StartAsync(answer);
        return await host.Lookup.FindIdsAsync(hashes, new(), TestContext.Current.CancellationToken);
    }

    private static ContentHash Hash(int number) => ContentHash.Sha256(SHA256.HashData(BitConverter.GetBytes(number)));

    private sealed class LookupHost : IAsyncDisposable
    {
        private readonly TemporaryFolder _folder = new();
        private readonly Database _database;
        private readonly Outbound _outbound;

        private LookupHost(LocalHost host, List<string> bodies)
        {
            (Host, Bodies) = (host, bodies);
            _database = Database.Open(_folder["cache.db"], [HttpSchema.Part]);
            _outbound = TestOutbound.To(host.Address, set: options => options.MaxAttempts = 1);
            var options = TestOutbound.Options(host.Address);
            Lookup = new(new(_outbound, options, _database, null, TimeProvider.System), options);
        }

        public LocalHost Host { get; }

        public List<string> Bodies { get; }

        public HashLookup Lookup { get; }

        public static async Task<LookupHost> StartAsync(string answer)
        {
            var bodies = new List<string>();
            return new(await LocalHost.StartAsync(async context =>
            {
                bodies.Add(await new StreamReader(context.Request.Body).ReadToEndAsync());
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(answer);
            }), bodies);
        }

        public async ValueTask DisposeAsync()
        {
            _outbound.Dispose();
            _database.Dispose();
            await Host.DisposeAsync();
            _folder.Dispose();
        }
    }
}
