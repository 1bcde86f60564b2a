using System.Text;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Http;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Catalog;

/// <summary>What the site is known to send, one test for each hazard (civitai-api 1.8), and what a hostile host might.</summary>
public sealed class HazardTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("\"None\"", "")]
    [InlineData("\"Image\"", "Image")]
    [InlineData("\"Sell\"", "Image,Rent,Sell")]
    [InlineData("\"{}\"", "")]
    [InlineData("\"{Image,RentCivit}\"", "Image,RentCivit")]
    [InlineData("[]", "")]
    [InlineData("[\"RentCivit\",\"Image\"]", "Image,RentCivit")]
    [InlineData("null", "")]
    [InlineData("[\"Hologram\"]", "Hologram")]
    public async Task Each_form_of_allowCommercialUse_is_understood(string wire, string expected)
    {
        var model = await ModelAsync($$"""{"id":1,"name":"x","type":"LORA","allowCommercialUse":{{wire}},"modelVersions":[{"id":2,"name":"v"}]}""");

        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(), model.License.CommercialUse.Order());
    }

    [Fact]
    public async Task Unknown_members_are_kept_as_text()
    {
        var model = await ModelAsync("""{"id":1,"name":"x","type":"Hologram","mode":"Frozen","modelVersions":[{"id":2,"name":"v","baseModel":"HoloBase","files":[{"id":3,"name":"f","type":"Cube","metadata":{"format":"HoloTensor","fp":"fp3"},"pickleScanResult":"Perhaps"}]}]}""");

        var file = model.Versions[0].Files[0];
        Assert.Equal(("Hologram", "Frozen", "HoloBase", "Cube", "HoloTensor", "fp3", "Perhaps"), (model.Type, model.Mode, model.Versions[0].BaseModel, file.Type, file.Format, file.Precision, file.PickleScan));
    }

    [Theory]
    [InlineData("""{"id":1,"name":"x","type":"LORA","stats":{"downloadCount":null},"creator":{"username":null,"image":null},"tags":null,"modelVersions":[{"id":2,"name":"v","files":[{"id":3,"name":"f","metadata":null,"hashes":{}}]}]}""")]
    [InlineData("""{"id":1,"name":"x","type":"LORA","modelVersions":[{"id":2,"name":"v","files":[{"id":3,"name":"f"}]}]}""")]
    [InlineData("""{"id":1,"name":"x","type":"LORA","stats":"none","creator":7,"tags":"a","nsfwLevel":"high","modelVersions":[{"id":2,"name":"v","trainedWords":5,"files":[{"id":3,"name":"f","metadata":[],"hashes":"x","sizeKB":"big"}]}]}""")]
    public async Task What_is_null_absent_or_of_another_kind_costs_nothing_else(string json)
    {
        var model = await ModelAsync(json);

        Assert.Equal(3, Assert.Single(Assert.Single(model.Versions).Files).Id.Value);
        Assert.Null(model.Stats.Downloads);
        Assert.Null(model.Creator);
        Assert.Null(model.Versions[0].Files[0].Sha256);
    }

    [Fact]
    public async Task Raw_control_characters_and_unquoted_digit_names_are_mended()
    {
        var model = await ModelAsync("{\"id\":1,\"name\":\"two\rlines\u0001\",\"type\":\"LORA\",\"creator\":{\"username\":007},\"modelVersions\":[{\"id\":2,\"name\":\"v\"}]}");

        Assert.Equal("two\rlines\u0001", model.Name);
        Assert.Equal("007", model.Creator);
    }

    [Theory]
    [InlineData("\\ud83d", "a\ufffdb")]
    [InlineData("\\uDC00", "a\ufffdb")]
    [InlineData("\\ud83d\\ud83e\\udd8a", "a\ufffd🦊b")]
    [InlineData("\\ud83e\\udd8a", "a🦊b")]
    [InlineData("\\ud83d?udc00", "a\ufffd?udc00b")]
    [InlineData("\\\\ud83d", "a\\ud83db")]
    public async Task Half_a_surrogate_pair_costs_neither_the_name_nor_the_rest(string wire, string expected)
    {
        var model = await ModelAsync($$"""{"id":1,"name":"a{{wire}}b","type":"LORA","a{{wire}}b":1,"modelVersions":[{"id":2,"name":"v"}]}""");

        Assert.Equal(expected, model.Name);
        using var document = System.Text.Json.JsonDocument.Parse(model.Json);
        Assert.Equal(expected, document.RootElement.EnumerateObject().ElementAt(3).Name);
    }

    [Fact]
    public async Task One_broken_item_does_not_cost_the_page()
    {
        await using var fixture = await CatalogFixture.AnsweringAsync("""{"items":[{"id":1,"name":"a","type":"LORA"},{"name":"no id"},null,7,{"id":"text","name":"b"},{"id":2,"name":"c","type":"LORA"}],"metadata":{}}""");
        var report = new SearchReport();

        var found = await fixture.Catalog.SearchAsync(new(), report, CacheUse.Normal, Cancel).ToListAsync(Cancel);

        Assert.Equal([1, 2], found.Select(model => model.Id.Value));
        Assert.Equal(4, report.Skipped);
        Assert.True(report.IsComplete);
    }

    [Fact]
    public async Task Pages_are_followed_by_cursor_text_or_number_past_empty_ones_and_each_model_comes_once()
    {
        await using var fixture = await CatalogFixture.AnsweringAsync(context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(context.Request.Query["cursor"].ToString() switch
            {
                "" => """{"items":[{"id":1,"name":"a","type":"LORA"},{"id":2,"name":"b","type":"LORA"}],"metadata":{"nextCursor":101}}""",
                "101" => """{"items":[],"metadata":{"nextCursor":"a|b"}}""",
                "a|b" => """{"items":[{"id":2,"name":"b","type":"LORA"},{"id":3,"name":"c","type":"LORA"}],"metadata":{}}""",
                var other => throw new InvalidOperationException(other),
            });
        });
        var report = new SearchReport();

        var found = await fixture.Catalog.SearchAsync(new(), report, CacheUse.Normal, Cancel).ToListAsync(Cancel);

        Assert.Equal([1, 2, 3], found.Select(model => model.Id.Value));
        Assert.Equal((3, 1, true), (report.Pages, report.Duplicates, report.IsComplete));
    }

    [Theory]
    [InlineData("\"metadata\":{\"nextCursor\":{}}")]
    [InlineData("\"metadata\":{\"nextCursor\":[1]}")]
    [InlineData("\"metadata\":7")]
    [InlineData("\"metadata\":DEEP")]
    [InlineData("\"metadata\":{\"nextPage\":\"https://civitai.com/api/v1/models?page=2\"}")]
    public async Task A_list_whose_next_page_cannot_be_told_is_not_called_complete(string beside)
    {
        beside = beside.Replace("DEEP", new string('[', 200) + new string(']', 200), StringComparison.Ordinal);
        await using var fixture = await CatalogFixture.AnsweringAsync($$"""{"items":[{"id":1,"name":"a","username":"a","url":"https://x/1.jpeg"}],{{beside}} }""");
        var (search, list) = (new SearchReport(), new ListReport());

        Assert.Single(await fixture.Catalog.SearchAsync(new(), search, CacheUse.Normal, Cancel).ToListAsync(Cancel));
        Assert.Single(await fixture.Images.ListAsync(new(), list, CacheUse.Normal, Cancel).ToListAsync(Cancel));
        Assert.False(search.IsComplete);
        Assert.False(list.IsComplete);
    }

    [Fact]
    public async Task A_cursor_that_goes_in_circles_ends()
    {
        await using var fixture = await CatalogFixture.AnsweringAsync("""{"items":[{"id":1,"name":"a","type":"LORA"}],"metadata":{"nextCursor":"same"}}""");
        var report = new SearchReport();

        Assert.Single(await fixture.Catalog.SearchAsync(new(), report, CacheUse.Normal, Cancel).ToListAsync(Cancel));
        Assert.False(report.IsComplete);
    }

    [Theory]
    [InlineData("{\"id\":1,\"id\":2,\"name\":\"x\",\"modelVersions\":[]}")] // a name given twice
    [InlineData("{\"id\":-1,\"name\":\"x\",\"modelVersions\":[]}")]
    [InlineData("{\"id\":99999999999999999999,\"name\":\"x\"}")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("DEEP")]
    public async Task A_hostile_answer_is_an_error_and_nothing_else(string json)
    {
        if (json == "DEEP") json = new StringBuilder().Insert(0, "{\"a\":", 100_000).ToString();
        await using var fixture = await CatalogFixture.AnsweringAsync(json);

        var error = await Assert.ThrowsAsync<CatalogException>(() => fixture.Catalog.GetModelAsync(new(1), CacheUse.Normal, Cancel));

        Assert.Equal(CatalogFault.UnreadableAnswer, error.Fault);
    }

    [Theory]
    [InlineData(404, """{"error":"No model with id 5"}""", CatalogFault.NotFound, "No model with id 5")]
    [InlineData(400, """{"error":{"name":"ZodError","message":"[{\"message\":\"too big\"}]"}}""", CatalogFault.InvalidRequest, "too big")]
    [InlineData(400, """[{"message":"bad"}]""", CatalogFault.InvalidRequest, "bad")]
    [InlineData(401, """{"error":"Unauthorized"}""", CatalogFault.SignInRequired, "")]
    [InlineData(451, """{"error":"not available in your region","code":"REGION_BLOCKED"}""", CatalogFault.RegionBlocked, "region")]
    [InlineData(403, "<!DOCTYPE html><title>Just a moment...</title>", CatalogFault.PageAnswer, "")]
    [InlineData(200, "<html>maintenance</html>", CatalogFault.PageAnswer, "")]
    [InlineData(500, "", CatalogFault.ServerFailing, "500")]
    [InlineData(429, """{"error":"slow down"}""", CatalogFault.Throttled, "")]
    public async Task Each_refusal_of_the_API_is_told_for_what_it_is(int status, string body, CatalogFault fault, string words)
    {
        await using var fixture = await CatalogFixture.AnsweringAsync(body, status);

        var error = await Assert.ThrowsAsync<CatalogException>(() => fixture.Catalog.GetModelAsync(new(5), CacheUse.Normal, Cancel));

        Assert.Equal(fault, error.Fault);
        Assert.Contains(words, error.Message);
        Assert.NotNull(error.Hint);
    }

    [Fact]
    public async Task Asked_to_slow_down_for_no_stated_time_it_says_when_to_come_back()
    {
        await using var fixture = await CatalogFixture.AnsweringAsync("", 429);

        var error = await Assert.ThrowsAsync<CatalogException>(() => fixture.Catalog.GetModelAsync(new(5), CacheUse.Normal, Cancel));

        Assert.StartsWith("Run the same command again in some minutes.", error.Hint);
    }

    [Fact]
    public async Task A_model_served_without_its_versions_is_looked_up_in_the_list()
    {
        await using var fixture = await CatalogFixture.AnsweringAsync(context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(context.Request.Query.ContainsKey("ids")
                ? """{"items":[{"id":1,"name":"x","type":"LORA","modelVersions":[{"id":2,"name":"v"}]}],"metadata":{}}"""
                : """{"id":1,"name":"x","type":"LORA","modelVersions":[]}""");
        });

        Assert.Single((await fixture.Catalog.GetModelAsync(new(1), CacheUse.Normal, Cancel)).Versions);
    }

    private static async Task<Model> ModelAsync(string json)
    {
        await using var fixture = await CatalogFixture.AnsweringAsync(json);
        return await fixture.Catalog.GetModelAsync(new(1), CacheUse.Normal, Cancel);
    }

    [Fact]
    public async Task A_day_that_no_calendar_reaches_costs_neither_its_model_nor_the_page()
    {
        await using var fixture = await CatalogFixture.AnsweringAsync("""
            {"items":[{"id":1,"name":"good","modelVersions":[{"id":2,"publishedAt":"2023-01-01T00:00:00Z","earlyAccessTimeFrame":5}]},
                      {"id":3,"name":"far","modelVersions":[{"id":4,"publishedAt":"9999-12-30T00:00:00Z","earlyAccessTimeFrame":3000}]}],"metadata":{}}
            """);

        var models = await fixture.Catalog.SearchAsync(new(), new(), CacheUse.Normal, TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken);

        Assert.Equal(["good", "far"], models.Select(model => model.Name));
        Assert.Equal(new DateTimeOffset(2023, 1, 6, 0, 0, 0, TimeSpan.Zero), models[0].Versions[0].EarlyAccess!.EndsAt);
        Assert.Null(models[1].Versions[0].EarlyAccess);
    }
}
