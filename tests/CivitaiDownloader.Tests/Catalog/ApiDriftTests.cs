using CivitaiDownloader.Catalog;
using CivitaiDownloader.Catalog.Drift;
using CivitaiDownloader.Http;
using CivitaiDownloader.Sandbox;
using CivitaiDownloader.Tests.Http;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Catalog;

public sealed class ApiDriftTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Members_that_nobody_knows_are_counted_with_their_place_and_only_when_they_come_from_the_site()
    {
        await using var sandbox = await SandboxHost.StartAsync(new() { Models = 0 }, Cancel);
        using var services = new CatalogServices(sandbox.Api);

        await services.Catalog.GetModelAsync(new(4221), CacheUse.Normal, Cancel);
        await services.Catalog.GetModelAsync(new(4221), CacheUse.Normal, Cancel); // from the cache
        await services.Catalog.GetModelAsync(new(4221), CacheUse.Refresh, Cancel);
        await services.Catalog.GetModelAsync(new(4201), CacheUse.Normal, Cancel); // as known
        var seen = services.Get<ApiDrift>().Seen();

        Assert.Equal(2, Find(seen, "models/:id", "unknown-value", "type=HoloProjector").Count);
        Assert.Equal(2, Find(seen, "models/:id", "unknown-value", "modelVersions[].files[].type=Hologram").Count);
        Assert.Equal(2, Find(seen, "models/:id", "unknown-value", "modelVersions[].baseModel=Hologram 9").Count);
        Assert.DoesNotContain(seen, entry => entry.Kind == DriftEntry.UnknownField);
    }

    [Fact]
    public async Task Fields_that_nobody_knows_are_counted_over_answers_and_kept_over_runs()
    {
        await using var host = await LocalHost.StartAsync(context => Json(context, """
            {"id":1,"name":"x","type":"LORA","colour":"red","modelVersions":[{"id":2,"shape":1,"files":[{"id":3,"metadata":{"weight":2}}],"images":[{"url":"https://x/1.jpeg","mood":1},{"url":"https://x/2.jpeg","mood":1}]}]}
            """));
        using var folder = new TemporaryFolder();

        for (var run = 0; run < 2; run++)
        {
            using var database = CivitaiDownloader.Storage.Database.Open(folder["drift.db"], [HttpSchema.Part, CatalogSchema.Part]);
            using var outbound = TestOutbound.To(host.Address);
            using var drift = new ApiDrift(database, TimeProvider.System);
            var options = TestOutbound.Options(host.Address);
            var api = new ApiReader(outbound, options, database, null, TimeProvider.System);
            await new CivitaiCatalog(api, options, new(api, options), drift).GetModelAsync(new(1), CacheUse.Refresh, Cancel);
        }

        using var again = CivitaiDownloader.Storage.Database.Open(folder["drift.db"], [HttpSchema.Part, CatalogSchema.Part]);
        using var kept = new ApiDrift(again, TimeProvider.System);
        var seen = kept.Seen();
        Assert.Equal(["colour", "modelVersions[].files[].metadata.weight", "modelVersions[].images[].mood", "modelVersions[].shape"], seen.Select(entry => entry.Name).Order(StringComparer.Ordinal));
        Assert.Equal(4, Find(seen, "models/:id", "unknown-field", "modelVersions[].images[].mood").Count);
        Assert.All(seen, entry => Assert.True(entry.FirstSeen <= entry.LastSeen));
    }

    [Fact]
    public async Task A_host_that_makes_names_up_fills_neither_the_table_nor_the_screen()
    {
        var answer = 0;
        await using var host = await LocalHost.StartAsync(context =>
        {
            var start = Interlocked.Increment(ref answer) * 1000;
            return Json(context, $$"""{"id":1,"name":"x","type":"LORA","modelVersions":[{"id":2}],{{string.Join(',', Enumerable.Range(start, 500).Select(i => $"\"\\u001b[2J{new string('x', 300)}{i}\":1,\"n{i}\":1"))}}}""");
        });
        using var services = new CatalogServices(host.Address);

        for (var i = 0; i < 20; i++) await services.Catalog.GetModelAsync(new(1), CacheUse.Refresh, Cancel);
        var seen = services.Get<ApiDrift>().Seen();

        Assert.InRange(seen.Count, 100, 501);
        Assert.All(seen, entry => Assert.InRange(entry.Name.Length, 1, 121));
        Assert.All(seen, entry => Assert.DoesNotContain(entry.Name, char.IsControl));
    }

    private static DriftEntry Find(IReadOnlyList<DriftEntry> seen, string endpoint, string kind, string name) =>
        Assert.Single(seen, entry => entry.Endpoint == endpoint && entry.Kind == kind && entry.Name == name);

    private static Task Json(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }
}
