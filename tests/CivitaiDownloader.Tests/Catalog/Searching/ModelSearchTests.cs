using System.Web;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Catalog.Searching;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Catalog.Searching;

/// <summary>A search before a host that pages as the site does, and as it did.</summary>
public sealed class ModelSearchTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_filter_of_our_own_reads_on_until_the_limit_is_reached()
    {
        await using var fixture = await CatalogFixture.AnsweringAsync(Pages(pages: 50, perPage: 100));
        var report = new SearchReport();

        var found = await FindAsync(fixture, new() { MinDownloads = 1000, Limit = 3 }, report);

        Assert.Equal([1000, 1001, 1002], found);
        Assert.Equal((SearchEnd.LimitReached, 1002L, 11), (report.End, report.LookedAt, report.Pages));
        Assert.Equal([new("min-downloads", 999)], report.FilteredHere);
        Assert.True(report.IsComplete);
    }

    [Fact]
    public async Task More_than_a_thousand_models_are_no_wall()
    {
        await using var fixture = await CatalogFixture.AnsweringAsync(Pages(pages: 13, perPage: 100));
        var report = new SearchReport();

        Assert.Equal(Enumerable.Range(1, 1300), (await FindAsync(fixture, new(), report)).Order());
        Assert.Equal(SearchEnd.ListEnded, report.End);
        Assert.All(fixture.Host.Requests, request => Assert.DoesNotContain("page=", request.Path));
    }

    [Fact]
    public async Task Certain_models_are_asked_for_in_portions_up_to_the_limit()
    {
        await using var fixture = await CatalogFixture.AnsweringAsync(context => AnswerAsync(context, Page([.. context.Request.Query["ids"].ToString().Split(',').Select(int.Parse)], null)));
        var (all, some, none) = (new SearchReport(), new SearchReport(), new SearchReport());
        var ids = Enumerable.Range(1, 250).Select(id => new ModelId(id)).ToArray();

        Assert.Equal(Enumerable.Range(1, 250), await FindAsync(fixture, new() { Ids = ids }, all));
        Assert.Equal(Enumerable.Range(1, 100), await FindAsync(fixture, new() { Ids = ids, Limit = 100 }, some));
        Assert.Empty(await FindAsync(fixture, new() { Ids = [] }, none));

        Assert.Equal((3, 1, 0), (all.Pages, some.Pages, none.Pages));
        Assert.Equal((SearchEnd.ListEnded, SearchEnd.LimitReached, SearchEnd.ListEnded), (all.End, some.End, none.End));
    }

    [Fact]
    public async Task Hundreds_of_empty_pages_are_not_the_end()
    {
        await using var fixture = await CatalogFixture.AnsweringAsync(context => AnswerAsync(context, Cursor(context) is var at && at == 400 ? Page([7], null) : Page([], at + 1)));

        Assert.Equal([7], await FindAsync(fixture, new(), new()));
    }

    [Fact]
    public async Task The_first_page_again_and_again_is_left()
    {
        await using var fixture = await CatalogFixture.AnsweringAsync(context => AnswerAsync(context, Page([1, 2], Cursor(context) + 1)));
        var report = new SearchReport();

        Assert.Equal([1, 2], await FindAsync(fixture, new(), report));
        Assert.Equal(SearchEnd.WentInCircles, report.End);
        Assert.False(report.IsComplete);
    }

    [Fact]
    public async Task A_list_that_ends_before_what_was_announced_says_so()
    {
        await using var fixture = await CatalogFixture.AnsweringAsync("""{"items":[{"id":1,"name":"a","type":"LORA"}],"metadata":{"totalItems":1676,"currentPage":1,"nextPage":"https://civitai.com/api/v1/models?page=2"}}""");
        var report = new SearchReport();

        await FindAsync(fixture, new(), report);

        Assert.Equal((1676L, true, SearchEnd.NoCursor, false), (report.Announced, report.IsShort, report.End, report.IsComplete));
    }

    [Fact]
    public async Task A_limit_that_is_the_whole_list_does_not_promise_more()
    {
        await using var fixture = await CatalogFixture.AnsweringAsync(Page([1, 2], null));
        var report = new SearchReport();

        await FindAsync(fixture, new() { Limit = 2 }, report);

        Assert.Equal(SearchEnd.ListEnded, report.End);
    }

    [Fact]
    public async Task What_the_API_can_filter_it_is_asked_to_in_the_form_it_takes()
    {
        await using var fixture = await CatalogFixture.AnsweringAsync(Page([], null));
        var now = new DateTimeOffset(2026, 11, 25, 0, 0, 0, TimeSpan.Zero);

        await FindAsync(fixture, new()
        {
            Types = ["LORA", "LoCon"], BaseModels = ["SD 1.5"], Creator = "ana", FileFormats = ["GGUF"], CommercialUse = ["Sell", "Image"], EarlyAccess = Inclusion.Only,
            Ratings = ContentRatings.R, PublishedAfter = now.AddDays(-20), AsOf = now, Favorites = true, AllowDerivatives = true,
        }, new());

        var asked = HttpUtility.ParseQueryString(fixture.Host.Requests.Single().Path.Split('?')[1]);
        Assert.Equal("LORA,LoCon|SD 1.5|ana|GGUF,GGUF|Sell,Image|true|true|Month|true", string.Join('|', new[] { "types", "baseModels", "username", "fileFormats", "allowCommercialUse", "earlyAccess", "nsfw", "period", "favorites" }.Select(name => asked[name])));
        Assert.Null(asked["allowDerivatives"]); // any value is refused
    }

    [Fact]
    public async Task A_tag_that_is_listed_is_sent_as_it_is_spelt()
    {
        await using var fixture = await CatalogFixture.AnsweringAsync(Tagged(["comic book covers", "Comic Book"], Page([1], null)));

        Assert.Equal([1], await FindAsync(fixture, new() { Tags = ["comic book"] }, new()));
        Assert.Contains(fixture.Host.Requests, request => request.Path.Contains("tag=Comic%20Book", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tag_the_API_does_not_know_is_refused_with_near_misses_before_anything_is_shown()
    {
        await using var fixture = await CatalogFixture.AnsweringAsync(Tagged(["style", "landscape"], Page([1, 2, 3], null)));

        var error = await Assert.ThrowsAsync<CatalogException>(() => FindAsync(fixture, new() { Tags = ["landscpae"] }, new()));

        Assert.Equal(CatalogFault.NotFound, error.Fault);
        Assert.Contains("'landscpae'", error.Message);
        Assert.Contains("'landscape'", error.Hint);
    }

    [Fact]
    public async Task A_tag_that_no_list_has_and_models_carry_is_believed()
    {
        await using var fixture = await CatalogFixture.AnsweringAsync(Tagged([], """{"items":[{"id":1,"name":"a","type":"LORA","tags":["secret"]},{"id":2,"name":"b","type":"LORA","tags":[]}],"metadata":{}}"""));

        Assert.Equal([1], await FindAsync(fixture, new() { Tags = ["secret"] }, new()));
    }

    [Fact]
    public async Task When_the_list_of_tags_fails_the_tag_is_compared_here()
    {
        await using var fixture = await CatalogFixture.AnsweringAsync(context =>
        {
            if (context.Request.Path.Value!.EndsWith("/models", StringComparison.Ordinal)) return AnswerAsync(context, """{"items":[{"id":1,"name":"a","type":"LORA","tags":["style"]},{"id":2,"name":"b","type":"LORA"}],"metadata":{}}""");
            context.Response.StatusCode = 500;
            return Task.CompletedTask;
        });
        var report = new SearchReport();

        Assert.Equal([1], await FindAsync(fixture, new() { Tags = ["style"] }, report));
        Assert.Equal(["style"], report.UncheckedTags);
    }

    [Fact]
    public async Task Of_several_tags_the_API_gets_one_and_the_others_are_compared_here()
    {
        await using var fixture = await CatalogFixture.AnsweringAsync(Tagged(["one", "two"], """{"items":[{"id":1,"name":"a","type":"LORA","tags":["one","two"]},{"id":2,"name":"b","type":"LORA","tags":["one"]}],"metadata":{}}"""));
        var report = new SearchReport();

        Assert.Equal([1], await FindAsync(fixture, new() { Tags = ["one", "two"] }, report));
        Assert.Equal([new("tag", 1)], report.FilteredHere);
    }

    private static async Task<IEnumerable<int>> FindAsync(CatalogFixture fixture, SearchQuery query, SearchReport report) =>
        (await fixture.Catalog.SearchAsync(query, report, CacheUse.Refresh, Cancel).ToListAsync(Cancel)).Select(model => (int)model.Id.Value);

    // Model n has n downloads.
    private static RequestDelegate Pages(int pages, int perPage) => context =>
    {
        var at = Cursor(context);
        return AnswerAsync(context, Page([.. Enumerable.Range((at * perPage) + 1, perPage)], at + 1 < pages ? at + 1 : null));
    };

    private static RequestDelegate Tagged(string[] tags, string page) => context => AnswerAsync(context, context.Request.Path.Value!.EndsWith("/tags", StringComparison.Ordinal)
        ? $$"""{"items":[{{string.Join(',', tags.Where(tag => context.Request.Query["page"] == "1" && tag.Contains(context.Request.Query["query"]!, StringComparison.OrdinalIgnoreCase)).Select(tag => $$"""{"name":"{{tag}}" }"""))}}],"metadata":{ } }"""
        : page);

    private static int Cursor(HttpContext context) => int.TryParse(context.Request.Query["cursor"], out var at) ? at : 0;

    private static string Page(IReadOnlyList<int> ids, int? next)
    {
        var items = ids.Select(id => $$"""{"id":{{id}},"name":"m","type":"LORA","stats":{"downloadCount":{{id}}} }""");
        return "{\"items\":[" + string.Join(',', items) + "],\"metadata\":{" + (next is null ? "" : $"\"nextCursor\":\"{next}\"") + "}}";
    }

    private static Task AnswerAsync(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }
}
