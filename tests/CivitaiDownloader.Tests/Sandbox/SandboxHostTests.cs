using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using CivitaiDownloader.Sandbox;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Ledger;
using CivitaiDownloader.Sandbox.Samples;
using Xunit;

namespace CivitaiDownloader.Tests.Sandbox;

/// <summary>The wire as civitai-api describes it.</summary>
public sealed class SandboxHostTests() : SandboxSession(new() { Models = 250 })
{
    [Theory]
    [InlineData("sort=Highest%20Rated", 0)]
    [InlineData("sort=Most%20Downloaded", 0)]
    [InlineData("sort=Oldest", 0)]
    [InlineData("sort=Newest", 4)] // loses the row each cursor names
    public async Task Cursors_lead_to_the_end(string sort, int lost)
    {
        var seen = new List<int>();
        for (var cursor = ""; cursor is not null;)
        {
            var page = await JsonAsync($"api/v1/models?limit=50&nsfw=true&{sort}{(cursor.Length > 0 ? "&cursor=" + Uri.EscapeDataString(cursor) : "")}");
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt32()));
            cursor = page.GetProperty("metadata").TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }

        var expected = Sandbox.Catalogue.All.Count(model => model.Mode != "Archived");
        Assert.InRange(seen.Distinct().Count(), expected - lost - 1, expected - lost);
    }

    [Theory]
    [InlineData("api/v1/models?page=11&limit=100", 429, "cursors instead")]
    [InlineData("api/v1/models?query=a&page=2", 400, "Cannot use page param")]
    [InlineData("api/v1/models?limit=101", 400, "ZodError")]
    [InlineData("api/v1/models?types=LORA,LoCon", 400, "ZodError")]
    [InlineData("api/v1/models?favorites=false", 401, "Unauthorized")]
    [InlineData("api/v1/models?cursor=1|2", 400, "expected 3 value(s) for this sort, received 2")]
    [InlineData("api/v1/models?username=nobody-at-all", 404, "User not found")]
    [InlineData("api/v1/models/999", 404, "No model with id 999")]
    [InlineData("api/v1/models/abc", 400, "expected number")]
    [InlineData("api/v1/model-versions/999", 404, "Model not found")]
    [InlineData("api/v1/me", 401, "Unauthorized")]
    [InlineData("api/download/models/42070", 403, "deadline")]
    [InlineData("api/download/models/42080", 403, "Early Access")]
    [InlineData("api/download/models/42090", 401, "requires you to be logged in")]
    [InlineData("api/download/models/42100", 401, "has disabled downloads")]
    [InlineData("api/download/models/42110", 410, "Model archived")]
    [InlineData("api/download/models/42120", 404, "File not found")]
    [InlineData("api/download/models/42130", 401, "requires you to be logged in")]
    [InlineData("api/download/models/42010?fileId=1", 404, "File not found")]
    [InlineData("api/download/models/42020?fp=bf16", 404, "File not found")]
    public async Task Refusals_have_the_sites_words(string path, int status, string words)
    {
        using var answer = await GetAsync(path);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_key_opens_what_needs_one_and_a_wrong_one_is_silently_nobody()
    {
        using var right = await GetAsync("api/download/models/42090", ("Authorization", "Bearer " + SandboxOptions.DefaultKey));
        using var wrong = await GetAsync("api/v1/models/4209", ("Authorization", "Bearer wrong"));

        Assert.Equal(HttpStatusCode.TemporaryRedirect, right.StatusCode);
        Assert.NotEqual(Sandbox.Api.Authority, right.Headers.Location!.Authority);
        Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
    }

    [Fact]
    public async Task The_three_forms_of_a_model_differ_as_on_the_site()
    {
        var listed = (await JsonAsync("api/v1/models?ids=4203")).GetProperty("items")[0].GetProperty("modelVersions")[0];
        var byId = (await JsonAsync("api/v1/models/4203")).GetProperty("modelVersions")[0];
        var version = await JsonAsync("api/v1/model-versions/42030");

        Assert.Equal(JsonValueKind.Null, listed.GetProperty("description").ValueKind);
        Assert.False(byId.TryGetProperty("description", out _));
        Assert.False(byId.TryGetProperty("trainedWords", out _));
        Assert.Equal(4203, version.GetProperty("modelId").GetInt32());
        Assert.EndsWith("?fileId=420300", version.GetProperty("files")[0].GetProperty("downloadUrl").GetString());
    }

    [Fact]
    public async Task A_file_is_found_by_any_of_its_hashes()
    {
        var hashes = (await JsonAsync("api/v1/models/4201")).GetProperty("modelVersions")[0].GetProperty("files")[0].GetProperty("hashes");

        foreach (var hash in hashes.EnumerateObject().Select(hash => hash.Value.GetString()!))
            Assert.Equal(42010, (await JsonAsync("api/v1/model-versions/by-hash/" + hash.ToLowerInvariant())).GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task Storage_gives_ranges_with_a_good_link_and_nothing_else()
    {
        var link = await LinkAsync(42010, 420100);
        var file = Sandbox.Catalogue.File(420100)!.Value.File;
        var whole = new byte[file.Content.Length];
        file.Content.Fill(0, whole);

        using var all = await GetAsync(link);
        using var some = await GetAsync(link, ("Range", "bytes=100-299"));
        using var beyond = await GetAsync(link, ("Range", $"bytes={whole.Length}-"));
        using var stale = await GetAsync(link, ("Range", "bytes=5-"), ("If-Range", "\"other\""));
        using var signed = await GetAsync(link, ("Authorization", "Bearer x"));
        using var head = await SendAsync(HttpMethod.Head, link);
        using var forged = await GetAsync(new Uri(link.AbsoluteUri + "0"));

        Assert.Equal(Convert.ToHexString(SHA256.HashData(whole)), Convert.ToHexString(SHA256.HashData(await BytesAsync(all))));
        Assert.Equal(HttpStatusCode.PartialContent, some.StatusCode);
        Assert.Equal(new ContentRangeHeaderValue(100, 299, whole.Length), some.Content.Headers.ContentRange);
        Assert.Equal(whole[100..300], await BytesAsync(some));
        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, beyond.StatusCode);
        Assert.Equal(HttpStatusCode.OK, stale.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, signed.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, head.StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, forged.StatusCode);
    }

    [Fact]
    public async Task The_ledger_knows_what_was_served_twice()
    {
        var link = await LinkAsync(42200, 422000);

        using (var first = await GetAsync(link, ("Range", "bytes=0-999999"))) await BytesAsync(first);
        using (var second = await GetAsync(link, ("Range", "bytes=900000-1999999"))) await BytesAsync(second);

        Assert.Equal(2_100_000, Sandbox.Ledger.Of(422000).Served);
        Assert.Equal(100_000, Sandbox.Ledger.Of(422000).ServedTwice);
        Assert.Contains(Sandbox.Ledger.Requests, request => request is { Site: SandboxSite.Storage, Range: "bytes=900000-1999999", Status: 206 });
    }

    [Fact]
    public async Task Faults_happen_where_and_as_often_as_they_are_asked_for()
    {
        Sandbox.Faults.Add(FaultText.Parse("status@storage=503*1"));
        Sandbox.Faults.Add(FaultText.Parse("cut@4201=1000*1"));
        Sandbox.Faults.Add(FaultText.Parse("expired@4201*1>1000"));
        var link = await LinkAsync(42010, 420100);

        using var busy = await GetAsync(link);
        using var cut = await GetAsync(link);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => BytesAsync(cut));
        using var expired = await GetAsync(link);
        using var fresh = await GetAsync(await LinkAsync(42010, 420100));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, busy.StatusCode);
        Assert.Contains("Request has expired", await expired.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(HttpStatusCode.OK, fresh.StatusCode);
    }

    [Fact]
    public async Task Pictures_are_real()
    {
        var url = (await JsonAsync("api/v1/models/4201")).GetProperty("modelVersions")[0].GetProperty("images")[0].GetProperty("url").GetString()!;
        using var answer = await GetAsync(new Uri(url));

        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await BytesAsync(answer))[..4]);
    }
}
