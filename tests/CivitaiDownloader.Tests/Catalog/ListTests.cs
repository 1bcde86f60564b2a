using CivitaiDownloader.Catalog;
using CivitaiDownloader.Catalog.Collections;
using CivitaiDownloader.Catalog.Creators;
using CivitaiDownloader.Catalog.Enumerations;
using CivitaiDownloader.Catalog.Images;
using CivitaiDownloader.Catalog.Vaults;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Sandbox;
using CivitaiDownloader.Tests.Http;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Catalog;

/// <summary>The smaller lists, read to their ends from the Sandbox, and what the site is known to send in them (civitai-api 9, 10).</summary>
public sealed class ListTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_picture_comes_once_over_all_pages()
    {
        await using var sandbox = await SandboxHost.StartAsync(new() { Models = 300 }, Cancel);
        using var services = new CatalogServices(sandbox.Api);
        var report = new ListReport();

        var images = await services.Get<ImageFeed>().ListAsync(new() { Levels = 31 }, report, CacheUse.Normal, Cancel).ToListAsync(Cancel);

        Assert.Equal(sandbox.Catalogue.Versions.Where(pair => pair.Model.Mode != "TakenDown" && pair.Version.Availability == "Public" && pair.Model.NsfwLevel != 0).Sum(pair => pair.Version.Images), images.Select(image => image.Id).Distinct().Count());
        Assert.True(report is { IsComplete: true, Skipped: 0, Pages: > 1 });
        Assert.All(images, image => Assert.True(image.Source!.Endpoint == ApiEndpoint.Images && image.NsfwLevel is > 0 and <= 31));
        Assert.Contains(images, image => image.Username == "12345678"); // sent as a number
    }

    [Fact]
    public async Task Pictures_of_one_version_up_to_a_limit()
    {
        await using var sandbox = await SandboxHost.StartAsync(new() { Models = 0 }, Cancel);
        using var services = new CatalogServices(sandbox.Api);
        var report = new ListReport();

        var images = await services.Get<ImageFeed>().ListAsync(new() { Version = new(42010), Limit = 1 }, report, CacheUse.Normal, Cancel).ToListAsync(Cancel);

        Assert.Equal([new ModelVersionId(42010)], Assert.Single(images).Versions);
        Assert.True(report.IsComplete);
    }

    [Fact]
    public async Task Meta_is_unwrapped_and_a_seed_beyond_any_integer_keeps_its_digits()
    {
        var images = await ImagesAsync("""
            {"items":[
              {"id":1,"url":"https://x/1.jpeg","username":0042,"meta":{"id":1,"meta":{"prompt":"a fox","seed":123456789012345678901234567890,"steps":"20","cfgScale":7.5}}},
              {"id":2,"url":"https://x/2.jpeg","username":77,"meta":{"seed":-1,"prompt":["not","text"],"steps":{"a":1},"sampler":true,"cfgScale":"high"}},
              {"id":3,"url":"https://x/3.jpeg","meta":{"id":3,"meta":null}},
              {"id":4,"url":"https://x/4.jpeg","meta":"made by hand"},
              {"id":5,"url":"https://x/5.jpeg","meta":[1,2]},
              {"id":6,"url":"https://x/6.jpeg","meta":{"seed":1e400}},
              {"id":7,"url":"https://x/7.jpeg","meta":{"id":7,"meta":{"seed":5},"prompt":"not wrapped"}}
            ],"metadata":{"nextCursor":101}}
            """);

        Assert.Equal(("a fox", "123456789012345678901234567890", 20L, 7.5), (images[0].Meta!.Prompt, images[0].Meta!.Seed, images[0].Meta!.Steps!.Value, images[0].Meta!.CfgScale!.Value));
        Assert.Equal("0042", images[0].Username);
        Assert.Equal((null, "-1", "true", null, null), (images[1].Meta!.Prompt, images[1].Meta!.Seed, images[1].Meta!.Sampler, images[1].Meta!.Steps, images[1].Meta!.CfgScale));
        Assert.Equal("77", images[1].Username);
        Assert.Equal([null, null, null], images.Skip(2).Take(3).Select(image => image.Meta));
        Assert.Equal("1e400", images[5].Meta!.Seed);
        Assert.Equal("not wrapped", images[6].Meta!.Prompt);
    }

    [Fact]
    public async Task Creators_are_read_to_the_last_page()
    {
        await using var sandbox = await SandboxHost.StartAsync(new() { Models = 200 }, Cancel);
        using var services = new CatalogServices(sandbox.Api);
        var (all, some) = (new ListReport(), new ListReport());

        var creators = await services.Get<CreatorDirectory>().ListAsync(new(), all, CacheUse.Normal, Cancel).ToListAsync(Cancel);
        var found = await services.Get<CreatorDirectory>().ListAsync(new("ana", 3), some, CacheUse.Normal, Cancel).ToListAsync(Cancel);

        Assert.Equal(sandbox.Catalogue.All.Select(model => model.Creator).OfType<string>().Distinct().Order(), creators.Where(creator => creator.Models > 0).Select(creator => creator.Username).Order());
        Assert.Equal(creators.Count, all.Announced);
        Assert.Equal("ana_m", Assert.Single(found).Username);
        Assert.True(found[0].Models > 1);
    }

    [Fact]
    public async Task Numbered_pages_end_where_the_site_names_no_next_one()
    {
        var asked = new List<string>();
        await using var host = await LocalHost.StartAsync(context =>
        {
            var page = context.Request.Query["page"] is [{ } text] ? int.Parse(text) : 1;
            lock (asked) asked.Add(page.ToString());
            return Json(context, $$$"""{"items":[{"username":"u{{{page}}}"},{"username":"u{{{page}}}"},{"modelCount":1}],"metadata":{"totalItems":9,"currentPage":{{{page}}},"pageSize":3{{{(page < 3 ? ",\"hasMore\":true" : "")}}}}}""");
        });
        using var services = new CatalogServices(host.Address);
        var report = new ListReport();

        var creators = await services.Get<CreatorDirectory>().ListAsync(new("u"), report, CacheUse.Normal, Cancel).ToListAsync(Cancel);

        Assert.Equal(["u1", "u2", "u3"], creators.Select(creator => creator.Username));
        Assert.Equal(["1", "2", "3"], asked);
        Assert.Equal((3, 3, true), (report.Duplicates, report.Skipped, report.IsComplete));
    }

    [Fact]
    public async Task The_enumerations_come_as_the_site_has_them_today()
    {
        await using var sandbox = await SandboxHost.StartAsync(new() { Models = 0 }, Cancel);
        using var services = new CatalogServices(sandbox.Api);

        var enumerations = await services.Get<EnumerationReader>().GetAsync(CacheUse.Normal, Cancel);

        Assert.Contains("Krea 2", enumerations.ActiveBaseModels);
        Assert.Superset(enumerations.ActiveBaseModels.ToHashSet(), enumerations.BaseModels.ToHashSet());
        Assert.Contains("LoCon", enumerations.ModelTypes);
    }

    [Fact]
    public async Task A_members_vault_is_listed_and_asked_about()
    {
        await using var sandbox = await SandboxHost.StartAsync(new() { Models = 250, IsMember = true }, Cancel);
        using var services = new CatalogServices(sandbox.Api, SandboxOptions.DefaultKey);
        var vaults = services.Get<VaultReader>();
        var report = new ListReport();

        var vault = await vaults.FindAsync(CacheUse.Normal, Cancel);
        var items = await vaults.ListAsync(new(), report, CacheUse.Normal, Cancel).ToListAsync(Cancel);
        var holdings = await vaults.CheckAsync([items[0].Version!.Value, new(1)], new(), CacheUse.Normal, Cancel);
        var loras = await vaults.ListAsync(new() { Types = ["LORA", "LoCon"], Limit = 5 }, new(), CacheUse.Normal, Cancel).ToListAsync(Cancel);

        Assert.True(vault!.UsedStorageKB > 0);
        Assert.Equal(items.Count, report.Announced);
        Assert.True(report is { Pages: > 1, IsComplete: true });
        Assert.All(items, item => Assert.NotEmpty(item.Files));
        Assert.Equal([items[0].Id, null], holdings.Select(holding => holding.Item?.Id));
        Assert.All(loras, item => Assert.Contains(item.Type, new[] { "LORA", "LoCon" }));
        Assert.Equal(5, loras.Count);
    }

    [Fact]
    public async Task A_vault_item_that_cannot_be_read_is_counted_and_not_called_missing_from_the_vault()
    {
        await using var fixture = await CatalogFixture.AnsweringAsync("[{\"modelVersionId\":1,\"vaultItem\":{\"status\":\"Stored\"}},{\"modelVersionId\":2,\"vaultItem\":null},{\"modelVersionId\":3,\"vaultItem\":{\"id\":7,\"id\":8}},7]");
        var report = new ListReport();

        var holding = Assert.Single(await fixture.Vaults.CheckAsync([new(1), new(2), new(3)], report, CacheUse.Normal, Cancel));

        Assert.Equal(new(new(2), null), holding);
        Assert.Equal((1, 3, true), (report.Found, report.Skipped, report.IsComplete));
    }

    [Fact]
    public async Task Without_a_membership_there_is_no_vault_and_without_a_key_an_error_says_so()
    {
        await using var sandbox = await SandboxHost.StartAsync(new() { Models = 0 }, Cancel);
        using var signedIn = new CatalogServices(sandbox.Api, SandboxOptions.DefaultKey);
        using var anonymous = new CatalogServices(sandbox.Api);

        Assert.Null(await signedIn.Get<VaultReader>().FindAsync(CacheUse.Normal, Cancel));
        Assert.Empty(await signedIn.Get<VaultReader>().ListAsync(new(), new(), CacheUse.Normal, Cancel).ToListAsync(Cancel));
        var refused = await Assert.ThrowsAsync<CatalogException>(() => anonymous.Get<VaultReader>().FindAsync(CacheUse.Normal, Cancel));
        Assert.Equal(CatalogFault.SignInRequired, refused.Fault);
        Assert.Contains("CIVITAI_API_KEY", refused.Hint);
    }

    [Fact]
    public async Task Collections_are_followed_by_their_number_and_one_is_read_with_its_tags()
    {
        await using var sandbox = await SandboxHost.StartAsync(new() { Models = 400 }, Cancel);
        using var services = new CatalogServices(sandbox.Api);
        var reader = services.Get<CollectionReader>();
        var report = new ListReport();

        var all = await reader.ListAsync(new(), report, CacheUse.Normal, Cancel).ToListAsync(Cancel);
        var largest = await reader.ListAsync(new() { Sort = "Most Followers" }, new(), CacheUse.Normal, Cancel).ToListAsync(Cancel);
        var one = await reader.GetAsync(all[0].Id, CacheUse.Normal, Cancel);
        var missing = await Assert.ThrowsAsync<CatalogException>(() => reader.GetAsync(5, CacheUse.Normal, Cancel));

        Assert.True(report is { Pages: > 1, Duplicates: 0, IsComplete: true });
        Assert.Equal(all.Count, all.Select(collection => collection.Id).Distinct().Count());
        Assert.Equal(100, largest.Count);
        Assert.Equal((all[0].Name, all[0].Owner), (one.Name, one.Owner));
        Assert.Single(one.Tags);
        Assert.Equal(CatalogFault.NotFound, missing.Fault);
    }

    [Fact]
    public async Task Collections_asked_for_too_often_are_throttled_with_a_wait()
    {
        await using var sandbox = await SandboxHost.StartAsync(new() { Models = 0 }, Cancel);
        using var services = new CatalogServices(sandbox.Api);
        var reader = services.Get<CollectionReader>();

        for (var i = 0; i < 60; i++) await Record.ExceptionAsync(() => reader.GetAsync(1, CacheUse.Refresh, Cancel));
        var throttled = await Assert.ThrowsAsync<CatalogException>(() => reader.GetAsync(1, CacheUse.Refresh, Cancel));

        Assert.Equal(CatalogFault.Throttled, throttled.Fault);
        Assert.Contains("to wait", throttled.Message);
    }

    [Theory]
    [InlineData("images-list.2023-04.json")]
    [InlineData("images-list.empty.json")]
    [InlineData("docs-example.images-list.json")]
    public async Task Recorded_lists_of_pictures_are_read_whole(string fixture)
    {
        var json = await FixtureAsync(fixture);
        var images = await ImagesAsync(json);

        Assert.Equal(json.Contains("\"url\"", StringComparison.Ordinal) ? 1 : 0, images.Count);
        Assert.All(images, image =>
        {
            Assert.NotNull(image.Username);
            Assert.NotNull(image.NsfwLevel);
            Assert.NotNull(image.Meta!.Seed);
            Assert.NotNull(image.Reactions.Likes);
        });
    }

    [Theory]
    [InlineData("creators.2023.json", 3)]
    [InlineData("docs-example.creators.json", 1)]
    public async Task Recorded_lists_of_creators_are_read_whole(string fixture, int expected)
    {
        var json = await FixtureAsync(fixture);
        using var services = await ServingAsync(json);

        var creators = await services.Services.Get<CreatorDirectory>().ListAsync(new(null, expected), new(), CacheUse.Normal, Cancel).ToListAsync(Cancel);

        Assert.Equal(expected, creators.Count);
        Assert.All(creators, creator => Assert.True(creator.Models > 0));
    }

    [Fact]
    public async Task The_documented_vault_and_collections_are_read_whole()
    {
        using var vault = await ServingAsync(await FixtureAsync("docs-example.vault-get.json"));
        using var items = await ServingAsync(await FixtureAsync("docs-example.vault-all.json"));
        using var collections = await ServingAsync(await FixtureAsync("docs-example.collections-list.json"));

        Assert.Equal(6775430, (await vault.Services.Get<VaultReader>().FindAsync(CacheUse.Normal, Cancel))!.UsedStorageKB);
        var item = Assert.Single(await items.Services.Get<VaultReader>().ListAsync(new(), new(), CacheUse.Normal, Cancel).ToListAsync(Cancel));
        Assert.Equal(("WAI-illustrious-SDXL", "Stored", "waiIllustriousSDXL_v160.safetensors"), (item.ModelName, item.Status, item.Files[0].Name));
        var collection = Assert.Single(await collections.Services.Get<CollectionReader>().ListAsync(new() { Limit = 1 }, new(), CacheUse.Normal, Cancel).ToListAsync(Cancel));
        Assert.Equal((42L, "some-curator"), (collection.Items!.Value, collection.Owner));
    }

    private static async Task<List<ImagePost>> ImagesAsync(string json)
    {
        using var serving = await ServingAsync(json);
        return await serving.Services.Get<ImageFeed>().ListAsync(new() { WithMeta = true, Limit = 100 }, new(), CacheUse.Normal, Cancel).ToListAsync(Cancel);
    }

    private static async Task<Serving> ServingAsync(string json)
    {
        var host = await LocalHost.StartAsync(context => Json(context, context.Request.Query.ContainsKey("cursor") ? """{"items":[],"metadata":{}}""" : json));
        return new(host, new CatalogServices(host.Address, "a-key"));
    }

    private static async Task<string> FixtureAsync(string name)
    {
        if (Repository.SharedFixtures is null) Assert.Skip("The shared fixtures are not beside this checkout.");
        return await File.ReadAllTextAsync(Path.Combine(Repository.SharedFixtures!, "civitai", name), Cancel);
    }

    private static Task Json(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }

    private sealed record Serving(LocalHost Host, CatalogServices Services) : IDisposable
    {
        public void Dispose()
        {
            Services.Dispose();
            Host.DisposeAsync().AsTask().GetAwaiter().GetResult();
        }
    }
}
