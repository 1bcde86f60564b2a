using System.Net;
using System.Text.Json;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Ledger;
using CivitaiDownloader.Sandbox.Samples;
using CivitaiDownloader.Tests.Sandbox;
using Xunit;

namespace CivitaiDownloader.Tests.Catalog;

/// <summary>The same model in the shapes of each endpoint (civitai-api 1.8, 2, 6.5), read by the catalogue.</summary>
public sealed class ShapeQuirkTests() : SandboxSession(new() { Models = 0 })
{
    [Theory]
    [InlineData(SampleIds.Plain, JsonValueKind.Array, "Image,RentCivit")]
    [InlineData(SampleIds.Embedding, JsonValueKind.String, "Image,RentCivit")] // {Image,RentCivit}
    [InlineData(SampleIds.NoHash, JsonValueKind.String, "Image,Rent,Sell")] // Sell, which implies the weaker ones
    [InlineData(SampleIds.Oddities, JsonValueKind.Array, "")]
    [InlineData(SampleIds.Media, JsonValueKind.String, "")] // {}
    [InlineData(SampleIds.Mature, JsonValueKind.String, "")] // None
    [InlineData(SampleIds.Bare, JsonValueKind.Null, "")]
    public async Task Each_form_of_allowCommercialUse_comes_and_is_understood(int id, JsonValueKind form, string granted)
    {
        using var client = SandboxClient.To(Sandbox);

        Assert.Equal(form, (await JsonAsync($"api/v1/models/{id}")).GetProperty("allowCommercialUse").ValueKind);
        Assert.Equal(granted, string.Join(',', (await client.ModelAsync(id)).License.CommercialUse.Order(StringComparer.Ordinal)));
        Assert.Equal(granted, string.Join(',', (await client.ListedAsync(id)).License.CommercialUse.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Of_a_model_of_which_nothing_is_known_the_file_is_had()
    {
        using var client = SandboxClient.To(Sandbox);

        foreach (var model in new[] { await client.ModelAsync(SampleIds.Bare), await client.ListedAsync(SampleIds.Bare) })
        {
            Assert.Equal((null, null, null), (model.Creator, model.Stats.Downloads, model.Description));
            Assert.Equal((null, null), (model.Versions[0].Files[0].Format, model.Versions[0].Files[0].Precision));
        }

        using var file = await client.FetchAsync(SampleIds.Bare);
        Assert.True(file.IsVerified);
        Assert.NotEqual((await client.ModelAsync(SampleIds.Bare)).Versions[0].Files[0].EstimatedBytes, file.Bytes); // what was announced was not quite right
    }

    [Fact]
    public async Task A_creator_without_a_name_is_none()
    {
        using var client = SandboxClient.To(Sandbox);

        Assert.Equal(JsonValueKind.Null, (await JsonAsync($"api/v1/models/{SampleIds.Media}")).GetProperty("creator").GetProperty("username").ValueKind);
        Assert.Null((await client.ModelAsync(SampleIds.Media)).Creator);
    }

    [Fact]
    public async Task Unknown_members_are_kept_as_text_from_every_endpoint()
    {
        using var client = SandboxClient.To(Sandbox);

        var model = await client.ModelAsync(SampleIds.Oddities);
        var listed = await client.ListedAsync(SampleIds.Oddities);
        var version = await client.VersionAsync(SampleIds.Oddities * 10);

        Assert.Equal(("HoloProjector", "HoloProjector", "HoloProjector"), (model.Type, listed.Type, version.Model!.Type));
        foreach (var shown in new[] { model.Versions[0], listed.Versions[0], version })
            Assert.Equal(("Hologram 9", "Hologram", "HoloTensor", "fp3", "Maybe"), (shown.BaseModel, shown.Files[0].Type, shown.Files[0].Format, shown.Files[0].Precision, shown.Files[0].PickleScan));
    }

    [Fact]
    public async Task A_raw_carriage_return_costs_nothing()
    {
        Sandbox.Faults.On(SandboxSite.Api).Add(FaultKind.RawControl);
        using var client = SandboxClient.To(Sandbox);

        Assert.Equal("Ink\rWash Landscapes", (await client.ModelAsync(SampleIds.Plain)).Name);
        Assert.Equal("Ink\rWash Landscapes", (await client.ListedAsync(SampleIds.Plain)).Name);
    }

    [Fact]
    public async Task Each_endpoint_shows_what_it_shows_of_one_version()
    {
        using var client = SandboxClient.To(Sandbox);

        var byId = (await client.ModelAsync(SampleIds.EveryForm)).Versions;
        var listed = (await client.ListedAsync(SampleIds.EveryForm)).Versions;
        var version = await client.VersionAsync(SampleIds.EveryForm * 10);
        var byHash = await client.Catalog.GetVersionByHashAsync(byId[0].Files[0].Sha256!.Value, CacheUse.Refresh, Ended);

        Assert.Equal([42280, 42281, 42283], byId.Select(one => one.Id.Value)); // the one without a file is dropped
        Assert.Equal([42280, 42283], listed.Select(one => one.Id.Value)); // and from the list what is not for everybody
        Assert.Equal([422800, 422802], byId[0].Files.Select(file => file.Id.Value));
        Assert.Equal([422800, 422802], listed[0].Files.Select(file => file.Id.Value));
        Assert.Equal([422800, 422801, 422802, 420204], version.Files.Select(file => file.Id.Value)); // the replaced one, and the VAE of another model
        Assert.Equal([422800, 422802, 420204], byHash.Files.Select(file => file.Id.Value));
        Assert.Equal("Every Form (pictures).zip", byId[0].Files[1].Name); // the creator's own name
        Assert.Equal("Every Form (pictures).zip", byHash.Files[1].Name);
        Assert.Equal("everyForm_trainingData.zip", version.Files[2].Name); // which this endpoint does not know
        Assert.Equal((20, 20, 10), (byId[0].Images.Count, listed[0].Images.Count, version.Images.Count));
        Assert.Equal(42280, byHash.Id.Value); // of two versions with the file, the one that came out first
    }

    [Fact]
    public async Task A_version_without_a_file_says_so_and_one_that_nobody_rated_is_not_there()
    {
        using var client = SandboxClient.To(Sandbox);

        var empty = await Assert.ThrowsAsync<CatalogException>(() => client.VersionAsync(42282));
        var unrated = await Assert.ThrowsAsync<CatalogException>(() => client.VersionAsync(SampleIds.Unrated * 10));

        Assert.Equal((CatalogFault.NotFound, CatalogFault.NotFound), (empty.Fault, unrated.Fault));
        Assert.Contains("Missing model file", empty.Message);
        Assert.Single((await client.ModelAsync(SampleIds.Unrated)).Versions); // its model's page has it
    }

    [Fact]
    public async Task The_endpoint_is_asked_for_files_whatever_host_an_answer_names()
    {
        using var client = SandboxClient.To(new UriBuilder(Sandbox.Api) { Host = "localhost" }.Uri);

        var version = await client.VersionAsync(42020); // its addresses follow the Host header
        var model = await client.ModelAsync(SampleIds.ManyFiles); // its addresses are the configured site's
        await client.LinkAsync(version, version.Files[0]);
        await client.LinkAsync(model.Versions[0], model.Versions[0].Files[0]);

        Assert.StartsWith("http://localhost:", version.Files[0].DownloadUrl);
        Assert.StartsWith("http://127.0.0.1:", model.Versions[0].Files[0].DownloadUrl);
        Assert.All(Sandbox.Ledger.Requests, request => Assert.StartsWith("localhost:", request.Host));
    }

    [Fact]
    public async Task An_AIR_leads_back_to_its_version_and_says_what_the_file_is()
    {
        using var client = SandboxClient.To(Sandbox);
        var airs = new Dictionary<int, string>();
        foreach (var id in new[] { 42010, 42040, 42030, 42330 }) airs[id] = (await client.VersionAsync(id)).Air!;

        Assert.Equal("urn:air:sdxl:lora:civitai:4201@42010", airs[42010]);
        Assert.Equal("urn:air:sdxl:embedding:civitai:4204@42040", airs[42040]);
        Assert.Equal("urn:air:other:unknown:civitai:4203@42030", airs[42030]);
        Assert.Equal("urn:air:sdxl:diffusionmodel:civitai:4233@42330", airs[42330]);
        foreach (var (id, air) in airs) Assert.Equal(new Target.ByVersion(new(id), new ModelId(id / 10)), new TargetParser(Sandbox.Api).Parse(air));
    }

    [Fact]
    public async Task A_weak_entity_tag_saves_the_body_and_its_absence_costs_only_that()
    {
        using var client = SandboxClient.To(Sandbox);
        await client.ModelAsync(SampleIds.Plain);
        await client.ModelAsync(SampleIds.Plain);
        Assert.Equal(0, client.Outbound.Counters.Read().CacheRevalidated);
        Sandbox.Faults.On(SandboxSite.Api).Add(FaultKind.EntityTag);

        await client.ModelAsync(SampleIds.Plain);
        var again = await client.ModelAsync(SampleIds.Plain);

        Assert.Equal("Ink Wash Landscapes", again.Name);
        Assert.Equal(1, client.Outbound.Counters.Read().CacheRevalidated);
        Assert.Equal((304, 0L), (Sandbox.Ledger.Requests[^1].Status, Sandbox.Ledger.Requests[^1].BytesSent));
    }

    [Fact]
    public async Task A_page_without_versions_that_a_cache_keeps_is_made_up_for_from_the_list()
    {
        Sandbox.Faults.For(SampleIds.Plain).Add(FaultKind.NoVersions, times: 1);
        Sandbox.Faults.ForPath("/api/v1/models/").Add(FaultKind.Edge);
        using var client = SandboxClient.To(Sandbox);

        Assert.Single((await client.ModelAsync(SampleIds.Plain)).Versions);
        Assert.Single((await client.ModelAsync(SampleIds.Plain)).Versions);
        Assert.Equal(0, (await JsonAsync("api/v1/models/4201")).GetProperty("modelVersions").GetArrayLength()); // it is still kept
    }

    [Fact]
    public async Task An_error_is_kept_in_front_of_the_site_and_not_for_who_has_a_key()
    {
        var page = Sandbox.Faults.ForPath("/api/v1/models").Add(FaultKind.Edge, amount: 450);
        using var first = await GetAsync("api/v1/models/999");
        using var second = await GetAsync("api/v1/models/999");
        using var signedIn = await GetAsync("api/v1/models/999", ("Authorization", "Bearer sandbox-key"));

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (first.StatusCode, second.StatusCode));
        Assert.Equal((false, true, false), (first.Headers.Age.HasValue, second.Headers.Age.HasValue, signedIn.Headers.Age.HasValue));
        Assert.Equal(2, page.Hits);
    }

    [Fact]
    public async Task Descriptions_in_addresses_have_only_what_is_known_in_the_sites_order()
    {
        var files = (await JsonAsync($"api/v1/models/{SampleIds.ManyFiles}")).GetProperty("modelVersions")[0].GetProperty("files").EnumerateArray().ToArray();
        var training = (await JsonAsync($"api/v1/models/{SampleIds.EveryForm}")).GetProperty("modelVersions")[0].GetProperty("files")[1];
        var root = $"{Sandbox.Api}api/download/models/";

        Assert.Equal(
            [root + "42020?type=Model&format=SafeTensor&size=full&fp=fp32", root + "42020", root + "42020?type=Model&format=PickleTensor&size=pruned&fp=fp16", root + "42020?type=VAE&format=SafeTensor", root + "42020?type=Config&format=Other"],
            files.Select(file => file.GetProperty("downloadUrl").GetString()));
        Assert.Equal(root + "42280?type=Training%20Data", training.GetProperty("downloadUrl").GetString());
    }
}
