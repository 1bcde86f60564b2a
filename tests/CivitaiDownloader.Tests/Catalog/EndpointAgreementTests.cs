using System.Text.Json;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Catalog.Reading;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Sandbox;
using CivitaiDownloader.Sandbox.Samples;
using Xunit;

namespace CivitaiDownloader.Tests.Catalog;

/// <summary>The same model over the three endpoints gives the same facts, wherever they mean the same (civitai-api 6.5).</summary>
public sealed class EndpointAgreementTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task List_page_and_version_agree_on_every_model()
    {
        await using var sandbox = await SandboxHost.StartAsync(new() { Models = 60 }, Cancel);
        using var services = new CatalogServices(sandbox.Api);
        var listed = await services.Catalog.SearchAsync(new() { AllRatings = true }, new(), CacheUse.Normal, Cancel).ToListAsync(Cancel);

        Assert.True(listed.Count > 60);
        foreach (var model in listed.Where(model => model.Id.Value != SampleIds.EveryForm)) // its page shows a version that lists keep back
        {
            var page = await services.Catalog.GetModelAsync(model.Id, CacheUse.Normal, Cancel);
            Assert.Equal(Facts(model), Facts(page));
            foreach (var (version, own) in model.Versions.Zip(page.Versions))
            {
                Assert.Equal(Facts(version), Facts(own));
                Assert.Equal((version.SupportsGeneration, version.Availability, version.NsfwLevel), (own.SupportsGeneration, own.Availability, own.NsfwLevel));
                Assert.NotNull(version.SupportsGeneration);
                if (model.NsfwLevel == 0) continue; // its version has no page yet
                await AgreeAsync(services.Catalog, model, version);
            }
        }
    }

    [Fact]
    public async Task A_record_knows_which_endpoint_said_so_and_whether_it_was_kept()
    {
        await using var sandbox = await SandboxHost.StartAsync(new() { Models = 0 }, Cancel);
        using var services = new CatalogServices(sandbox.Api);

        var before = DateTimeOffset.UtcNow;
        var first = await services.Catalog.GetModelAsync(new(4201), CacheUse.Normal, Cancel);
        var second = await services.Catalog.GetModelAsync(new(4201), CacheUse.Normal, Cancel);
        var version = await services.Catalog.GetVersionAsync(new(42010), CacheUse.Normal, Cancel);

        Assert.Equal((ApiEndpoint.Model, false, false), (first.Source!.Endpoint, first.Source.FromCache, first.Source.IsStale));
        Assert.InRange(first.Source.FetchedAt, before.AddSeconds(-1), DateTimeOffset.UtcNow.AddSeconds(1));
        Assert.Same(first.Source, first.Versions[0].Source);
        Assert.True(second.Source!.FromCache);
        Assert.InRange(second.Source.FetchedAt, first.Source.FetchedAt.AddMilliseconds(-2), first.Source.FetchedAt); // kept to the millisecond
        Assert.Equal(ApiEndpoint.ModelVersion, version.Source!.Endpoint);
        Assert.Equal("model-versions/:id", version.Source.Endpoint.Path);
    }

    [Fact]
    public void A_linked_VAE_is_told_from_the_versions_own_files()
    {
        var version = Version("""
            {"id":2,"name":"v","files":[
              {"id":3,"name":"own.safetensors","type":"Model","primary":true,"downloadUrl":"https://civitai.com/api/download/models/2?fileId=3"},
              {"id":4,"name":"own.vae.pt","type":"VAE","primary":false,"downloadUrl":"https://civitai.com/api/download/models/2?fileId=4"},
              {"id":9,"name":"theirs.vae.pt","type":"VAE","primary":false,"downloadUrl":"https://civitai.com/api/download/models/2?type=VAE"}]}
            """);

        Assert.Equal([false, false, true], version.Files.Select(file => file.IsLinked));
    }

    [Fact]
    public void Answers_from_before_file_ids_cannot_tell_and_claim_nothing() => Assert.All(
        Version("""{"id":2,"files":[{"id":3,"type":"Model","downloadUrl":"https://x/api/download/models/2"},{"id":4,"type":"VAE","downloadUrl":"https://x/api/download/models/2?type=VAE&format=Other"}]}""").Files,
        file => Assert.False(file.IsLinked));

    [Theory]
    [InlineData("""{"url":"https://image.civitai.com/x/uuid/original=true/123.jpeg"}""", 123L, null)]
    [InlineData("""{"id":7,"url":"https://image.civitai.com/x/uuid/width=450/123.jpeg","nsfwLevel":4}""", 7L, 4)]
    [InlineData("""{"url":"https://imagecache.civitai.com/x/cc5c-4e00/width=1024/cc5c-4e00.jpeg","nsfw":"Mature"}""", null, 4)]
    [InlineData("""{"url":"https://image.civitai.com/x/u/original=true/9.mp4","nsfwLevel":"Soft","browsingLevel":2}""", 9L, 2)]
    [InlineData("""{"url":"https://image.civitai.com/x/u/original=true/9.mp4","nsfwLevel":"X"}""", 9L, 8)]
    public void A_picture_has_its_number_and_rating_however_they_are_said(string json, long? id, int? level)
    {
        var image = Assert.Single(Version($$"""{"id":2,"images":[{{json}}]}""").Images);

        Assert.Equal((id, level), (image.Id, image.NsfwLevel));
    }

    [Theory]
    [InlineData("2026-08-09T15:02:50.938Z")]
    [InlineData("2026-08-09T15:02:50.938")]
    [InlineData("2026-08-09T17:02:50.938+02:00")]
    public void An_instant_is_UTC_also_without_its_zone(string text) => Assert.Equal(
        new DateTimeOffset(2026, 8, 9, 15, 2, 50, 938, TimeSpan.Zero), Version($$"""{"id":2,"files":[{"id":3,"scannedAt":"{{text}}"}]}""").Files[0].ScannedAt);

    private static async Task AgreeAsync(CivitaiCatalog catalog, Model model, ModelVersion listed)
    {
        var own = await catalog.GetVersionAsync(listed.Id, CacheUse.Normal, Cancel);
        Assert.Equal(model.Id, own.ModelId);
        Assert.Equal((model.Name, model.Type, model.Mode), (own.Model!.Name, own.Model.Type, own.Model.Mode));
        Assert.Equal(Facts(listed) with { Files = "", Images = "" }, Facts(own) with { Files = "", Images = "" });
        // A version's own page shows more files (older ones, a linked VAE), fewer pictures, and fewer of the files' properties.
        var files = own.Files.ToDictionary(file => file.Id);
        Assert.All(listed.Files, file => Assert.Equal(Facts(file, WithName(listed, file)), Facts(files[file.Id], WithName(listed, file))));
        if (own.Images.Count > 0) Assert.Equal(listed.Images.Take(10).Select(image => image.Id), own.Images.Select(image => image.Id));
    }

    // A name of the creator's choosing is not honoured on a version's own page.
    private static bool WithName(ModelVersion listed, ModelFile file)
    {
        using var document = JsonDocument.Parse(listed.Json);
        return document.RootElement.GetProperty("files").EnumerateArray().First(json => json.GetProperty("id").GetInt64() == file.Id.Value).Get("overrideName"u8) is null;
    }

    private static object Facts(Model model) => (model.Id, model.Name, model.Type, model.Mode, model.Description, model.Nsfw, model.NsfwLevel,
        (model.Availability, model.Creator, model.CreatorId, string.Join('|', model.Tags), model.SupportsGeneration, model.Minor, model.RealPerson),
        (model.License.AllowNoCredit, model.License.AllowDerivatives, model.License.AllowDifferentLicense, string.Join('|', model.License.CommercialUse)), model.Stats, model.Versions.Count);

    private static VersionFacts Facts(ModelVersion version) => new(version.Id, version.Name, version.BaseModel, version.BaseModelType, version.PublishedAt, version.Description, string.Join('|', version.TrainedWords), version.EarlyAccess,
        string.Join('\n', version.Files.Select(file => Facts(file, withName: true).ToString())), string.Join('\n', version.Images.Select(image => $"{image.Id} {image.Url} {image.Type} {image.NsfwLevel} {image.Width}x{image.Height}")));

    private static object Facts(ModelFile file, bool withName) => (file.Id, withName ? file.Name : "", file.Type, file.SizeKB, file.Format, file.Precision, file.Size,
        (file.IsPrimary, string.Join('|', file.Hashes), file.PickleScan, file.VirusScan, file.ScannedAt));

    private static ModelVersion Version(string json)
    {
        using var document = JsonDocument.Parse(json);
        return ModelReader.ReadVersion(document.RootElement)!;
    }

    private sealed record VersionFacts(
        ModelVersionId Id, string Name, string? BaseModel, string? BaseModelType, DateTimeOffset? PublishedAt, string? Description, string Words, EarlyAccess? EarlyAccess, string Files, string Images);
}
