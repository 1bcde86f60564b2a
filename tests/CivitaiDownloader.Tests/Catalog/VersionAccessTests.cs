using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using Xunit;

namespace CivitaiDownloader.Tests.Catalog;

public sealed class VersionAccessTests
{
    [Fact]
    public async Task What_mini_says_of_access_is_read()
    {
        const string served = """
            {"air":"urn:air:sdxl:checkpoint:civitai:827184@2514310","versionName":"v16.0","modelName":"WAI","availability":"EarlyAccess","requireAuth":true,"checkPermission":true,
            "earlyAccessEndsAt":"2026-12-18T09:16:12.062Z","size":6775430.35,"hashes":{},"newThing":1}
            """;
        await using var fixture = await CatalogFixture.AnsweringAsync(served);

        var access = await fixture.Catalog.GetAccessAsync(new(2514310), CacheUse.Normal, TestContext.Current.CancellationToken);

        Assert.Equal((new ModelId(827184), "WAI", "v16.0", "EarlyAccess", true, true), (access.Model, access.ModelName, access.VersionName, access.Availability, access.RequireAuth, access.CheckPermission));
        Assert.Equal(new DateTimeOffset(2026, 12, 18, 9, 16, 12, 62, TimeSpan.Zero), access.EarlyAccessEndsAt);
        Assert.Contains("newThing", System.Text.Encoding.UTF8.GetString(access.Json.Span));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"air":5,"requireAuth":"maybe","earlyAccessEndsAt":"soon"}""")]
    [InlineData("""{"air":"urn:air:x:y:civitai:abc@1","availability":null}""")]
    public async Task What_is_missing_or_of_another_type_is_not_known(string served)
    {
        await using var fixture = await CatalogFixture.AnsweringAsync(served);

        var access = await fixture.Catalog.GetAccessAsync(new(1), CacheUse.Normal, TestContext.Current.CancellationToken);

        Assert.Equal((null, null, null), (access.Model, access.RequireAuth, access.EarlyAccessEndsAt));
    }

    [Fact]
    public async Task The_recorded_example_is_read()
    {
        Assert.SkipWhen(Repository.SharedFixtures is null, "The shared fixtures are not beside this checkout.");
        var fixtures = Repository.SharedFixtures!;
        await using var fixture = await CatalogFixture.AnsweringAsync(await File.ReadAllTextAsync(Path.Combine(fixtures, "civitai", "docs-example.model-version-mini.json"), TestContext.Current.CancellationToken));

        var access = await fixture.Catalog.GetAccessAsync(new(2514310), CacheUse.Normal, TestContext.Current.CancellationToken);

        Assert.Equal((new ModelId(827184), false, "Public"), (access.Model, access.RequireAuth, access.Availability));
    }
}
