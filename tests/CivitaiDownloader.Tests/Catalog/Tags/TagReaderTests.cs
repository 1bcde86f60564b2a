using CivitaiDownloader.Catalog;
using CivitaiDownloader.Catalog.Tags;
using CivitaiDownloader.Http;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Catalog.Tags;

public sealed class TagReaderTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pages_are_read_until_one_is_empty_although_no_total_and_no_next_page_is_named()
    {
        await using var fixture = await CatalogFixture.AnsweringAsync(context =>
        {
            var page = int.Parse(context.Request.Query["page"]!);
            return Json(context, Page(page <= 3 ? [$"tag {page}", "everywhere"] : []));
        });

        var tags = await fixture.Tags.ListAsync("a b&c", new(), CacheUse.Normal, Cancel).ToListAsync(Cancel);

        Assert.Equal(["tag 1", "everywhere", "tag 2", "tag 3"], tags.Select(tag => tag.Name));
        Assert.Equal("/api/v1/tags?limit=200&page=1&query=a%20b%26c", fixture.Host.Requests.First().Path);
        Assert.Equal(4, fixture.Host.Requests.Count);
    }

    [Fact]
    public async Task A_host_that_gives_the_same_page_for_ever_is_left()
    {
        await using var fixture = await CatalogFixture.AnsweringAsync(Page("one", "two"));

        Assert.Equal(2, (await fixture.Tags.ListAsync(null, new(), CacheUse.Normal, Cancel).ToListAsync(Cancel)).Count);
        Assert.Equal(2, fixture.Host.Requests.Count);
    }

    [Fact]
    public async Task What_is_no_list_is_an_error_of_the_catalogue()
    {
        await using var fixture = await CatalogFixture.AnsweringAsync("<html>");

        var error = await Assert.ThrowsAsync<CatalogException>(async () => await fixture.Tags.ListAsync(null, new(), CacheUse.Normal, Cancel).ToListAsync(Cancel));

        Assert.Equal(CatalogFault.PageAnswer, error.Fault);
    }

    [Theory]
    [InlineData("tags.2023.json", "Pepe Larraz", 1L)]
    [InlineData("docs-example.tags.json", "character", null)]
    public async Task Recorded_lists_are_read(string file, string first, long? models)
    {
        Assert.SkipWhen(Repository.SharedFixtures is null, "The shared fixtures are not beside this checkout.");

        var (tags, _) = await ReadAsync(await File.ReadAllTextAsync(Path.Combine(Repository.SharedFixtures!, "civitai", file), Cancel));

        Assert.Equal(new Tag(first, models), tags[0]);
    }

    [Fact]
    public async Task Items_without_a_name_cost_nothing_else_and_are_counted()
    {
        var (tags, report) = await ReadAsync("""{"items":[{"name":"a","modelCount":7},{"link":"x"},null,5,{"name":"twice","name":"twice"},{"name":9,"modelCount":"many"}],"metadata":null}""");

        Assert.Equal([new Tag("a", 7), new Tag("9", null)], tags);
        Assert.Equal(4, report.Skipped / report.Pages);
    }

    [Fact]
    public async Task A_list_that_is_missing_is_not_an_empty_one()
    {
        var error = await Assert.ThrowsAsync<CatalogException>(() => ReadAsync("""{"error":"busy"}"""));

        Assert.Equal(CatalogFault.UnreadableAnswer, error.Fault);
    }

    private static async Task<(IReadOnlyList<Tag> Tags, ListReport Report)> ReadAsync(string json)
    {
        await using var fixture = await CatalogFixture.AnsweringAsync(json);
        var report = new ListReport();
        return (await fixture.Tags.ListAsync(null, report, CacheUse.Normal, Cancel).ToListAsync(Cancel), report);
    }

    private static string Page(params string[] names) => $$"""{"items":[{{string.Join(',', names.Select(name => $$"""{"name":"{{name}}","link":"x"}"""))}}],"metadata":{"totalItems":0,"totalPages":1} }""";

    private static Task Json(HttpContext context, string json)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(json);
    }
}
