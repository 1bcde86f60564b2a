using CivitaiDownloader.Catalog;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Ledger;
using CivitaiDownloader.Sandbox.Samples;
using CivitaiDownloader.Tests.Sandbox;
using Xunit;

namespace CivitaiDownloader.Tests.Catalog;

/// <summary>The list of models and what is wrong with its pages (civitai-api 3.3), met by the catalogue.</summary>
public sealed class PagingQuirkTests() : SandboxSession(new() { Models = 250 })
{
    private IEnumerable<long> Listed => Sandbox.Catalogue.All.Where(model => model.Mode != "Archived").Select(model => (long)model.Id).Order();

    [Theory]
    [InlineData("Newest")] // loses the row each cursor names, unless one knows
    [InlineData("Oldest")]
    [InlineData("Highest Rated")]
    [InlineData("Most Downloaded")]
    [InlineData("Most Discussed")]
    public async Task No_model_is_lost_whatever_the_sort(string sort)
    {
        using var client = SandboxClient.To(Sandbox);

        var (found, report) = await client.SearchAsync(new() { Sort = sort, AllRatings = true });

        Assert.Equal(Listed, found.Select(model => model.Id.Value).Order());
        Assert.True(report.IsComplete);
        Assert.True(report.Pages > 2);
    }

    [Fact]
    public async Task Pages_are_asked_for_by_cursor_only_since_numbers_lead_back_to_the_first()
    {
        using var client = SandboxClient.To(Sandbox);
        var first = await JsonAsync("api/v1/models?limit=5");
        var third = await JsonAsync("api/v1/models?limit=5&page=3");

        await client.SearchAsync(new());

        Assert.Equal(first.GetProperty("items").GetRawText(), third.GetProperty("items").GetRawText());
        Assert.Equal((3, 5), (third.GetProperty("metadata").GetProperty("currentPage").GetInt32(), third.GetProperty("metadata").GetProperty("pageSize").GetInt32()));
        Assert.Matches("page=3&cursor=", third.GetProperty("metadata").GetProperty("nextPage").GetString());
        Assert.DoesNotContain(Sandbox.Ledger.Requests.Skip(2), request => request.Query.Contains("page=", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_text_search_goes_on_past_pages_that_come_empty()
    {
        using var client = SandboxClient.To(Sandbox);
        var query = new SearchQuery { Text = "e", Creator = "007", AllRatings = true };

        var (found, report) = await client.SearchAsync(query with { Text = "Lighting." });
        var page = await JsonAsync("api/v1/models?query=Lighting.&username=007&nsfw=true&limit=1");

        Assert.Equal(0, page.GetProperty("items").GetArrayLength()); // the quirk is there
        Assert.True(page.GetProperty("metadata").TryGetProperty("nextCursor", out _));
        Assert.True(report.IsComplete);
        Assert.Equal(Sandbox.Catalogue.All.Count(model => model.Creator == "007" && model.Mode != "Archived" && model.Name.Contains("Lighting.", StringComparison.OrdinalIgnoreCase)), found.Count);
    }

    [Fact]
    public async Task A_cursor_that_comes_as_a_number_is_followed()
    {
        Sandbox.Faults.On(SandboxSite.Api).Add(FaultKind.NumericCursor);
        using var client = SandboxClient.To(Sandbox);

        var (found, report) = await client.SearchAsync(new() { Text = "style", AllRatings = true });

        Assert.Equal(Sandbox.Catalogue.All.Count(model => model.Mode != "Archived" && (model.Tags.Contains("style") || model.Name.Contains("style", StringComparison.OrdinalIgnoreCase))), found.Count);
        Assert.True(report.IsComplete);
    }

    [Fact]
    public async Task Several_types_and_base_models_are_repeated_since_commas_do_not_split()
    {
        using var client = SandboxClient.To(Sandbox);

        var (types, _) = await client.SearchAsync(new() { Types = ["LORA", "LoCon"], AllRatings = true });
        var (bases, _) = await client.SearchAsync(new() { BaseModels = ["Pony", "SD 1.5"], AllRatings = true });

        Assert.Equal(["LORA", "LoCon"], types.Select(model => model.Type).Distinct().Order(StringComparer.Ordinal));
        // The filter narrows the versions that are shown as well.
        Assert.Equal(["Pony", "SD 1.5"], bases.SelectMany(model => model.Versions).Select(version => version.BaseModel!).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(0, (await JsonAsync("api/v1/models?baseModels=Pony,SD%201.5")).GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_limit_of_none_gives_one_and_leads_nowhere()
    {
        var page = await JsonAsync("api/v1/models?limit=0");

        Assert.Equal(1, page.GetProperty("items").GetArrayLength());
        Assert.False(page.GetProperty("metadata").TryGetProperty("nextCursor", out _));
    }

    [Fact]
    public async Task The_next_page_repeats_every_key_in_order_the_token_too()
    {
        var page = await JsonAsync("api/v1/models?sort=Most+Downloaded&token=secret&odd=a%20b&limit=3");

        Assert.StartsWith($"{Sandbox.Api}api/v1/models?sort=Most%20Downloaded&token=secret&odd=a%20b&limit=3&cursor=", page.GetProperty("metadata").GetProperty("nextPage").GetString());
    }

    [Theory]
    [InlineData("allowNoCredit=true")]
    [InlineData("browsingLevel=1")]
    [InlineData("fileFormats=GGUF")]
    [InlineData("checkpointType=Standard")]
    [InlineData("nsfw=maybe")]
    public async Task What_no_query_can_give_is_refused(string query)
    {
        using var answer = await GetAsync("api/v1/models?" + query);

        Assert.Equal(400, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("archived=false")] // any text is true
    [InlineData("archived=true")]
    public async Task A_coerced_flag_is_true_for_any_text(string query)
    {
        var found = await JsonAsync("api/v1/models?ids=4211&" + query);

        Assert.Equal(4211, found.GetProperty("items")[0].GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task An_unknown_tag_filters_nothing_there_and_is_refused_here()
    {
        using var client = SandboxClient.To(Sandbox);
        var served = await JsonAsync("api/v1/models?nsfw=true&tag=no%20such%20tag&limit=100");

        var refused = await Assert.ThrowsAsync<CatalogException>(() => client.SearchAsync(new() { Tags = ["no such tag"], AllRatings = true }));

        Assert.NotEmpty(served.GetProperty("items").EnumerateArray());
        Assert.Equal(CatalogFault.NotFound, refused.Fault);
    }

    [Fact]
    public async Task An_overloaded_search_is_tried_again_when_its_two_seconds_are_over()
    {
        var overload = Sandbox.Faults.ForPath("/api/v1/models").Add(FaultKind.Overload, times: 1);
        using var client = SandboxClient.To(Sandbox);

        var (found, report) = await client.SearchAsync(new() { Text = "Ink Wash" });

        Assert.Equal(SampleIds.Plain, Assert.Single(found).Id.Value);
        Assert.True(report.IsComplete);
        Assert.Equal((1, 1), (overload.Hits, client.Outbound.Counters.Read().Retries));
    }

    [Fact]
    public async Task An_overload_says_when_and_is_kept_by_no_cache()
    {
        Sandbox.Faults.On(SandboxSite.Api).Add(FaultKind.Overload);

        using var models = await GetAsync("api/v1/models?query=a");
        using var images = await GetAsync("api/v1/images");

        Assert.Equal((503, TimeSpan.FromSeconds(2), true), ((int)models.StatusCode, models.Headers.RetryAfter!.Delta, models.Headers.CacheControl!.NoStore));
        Assert.Equal("""{"error":"Model search is temporarily overloaded — please retry."}""", await TextAsync(models));
        Assert.Equal("""{"error":"Image search is temporarily overloaded — please retry."}""", await TextAsync(images));
    }

    [Fact]
    public async Task A_restricted_region_shows_PG_and_PG13_whatever_is_asked_for()
    {
        Sandbox.Faults.On(SandboxSite.Api).Add(FaultKind.RestrictedRegion);
        using var client = SandboxClient.To(Sandbox);

        var (found, _) = await client.SearchAsync(new() { AllRatings = true });

        Assert.NotEmpty(found);
        Assert.All(found, model => Assert.Equal(0, model.NsfwLevel & ~3));
        Assert.Contains(found, model => model.NsfwLevel == 3);
        Assert.All((await JsonAsync("api/v1/images?browsingLevel=31")).GetProperty("items").EnumerateArray(), picture => Assert.InRange(picture.GetProperty("browsingLevel").GetInt32(), 1, 2));
    }
}
