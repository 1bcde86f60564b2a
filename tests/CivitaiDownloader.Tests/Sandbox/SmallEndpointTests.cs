using System.Net;
using System.Text.Json;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Ledger;
using Xunit;

namespace CivitaiDownloader.Tests.Sandbox;

public sealed class SmallEndpointTests() : SandboxSession(new() { Models = 120 })
{
    [Fact]
    public async Task Many_hashes_are_looked_up_at_once_and_misses_are_dropped()
    {
        var known = Sandbox.Catalogue.File(420100)!.Value.File.Content.Hashes.Sha256;
        var asked = JsonSerializer.Serialize(new[] { known.ToLowerInvariant(), new string('0', 64) });

        var ids = await PostAsync("api/v1/model-versions/by-hash/ids", asked);
        var versions = await PostAsync("api/v1/model-versions/by-hash", asked);

        Assert.Equal($$"""[{"modelVersionId":42010,"modelId":4201,"hash":"{{known}}"}]""", ids.GetRawText());
        Assert.Equal(42010, Assert.Single(versions.EnumerateArray()).GetProperty("id").GetInt32());
        Assert.StartsWith("https://undefined/", versions[0].GetProperty("downloadUrl").GetString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[\"short\"]")]
    [InlineData("[1]")]
    public async Task What_is_no_list_of_hashes_is_refused(string json) =>
        Assert.StartsWith("Request must include an array of SHA256 Hashes.", (await PostAsync("api/v1/model-versions/by-hash/ids", json)).GetProperty("error").GetString());

    [Fact]
    public async Task More_than_a_hundred_versions_at_once_are_refused()
    {
        var many = JsonSerializer.Serialize(Enumerable.Range(0, 101).Select(i => i.ToString("x64", null)));

        Assert.True((await PostAsync("api/v1/model-versions/by-hash", many)).TryGetProperty("error", out _));
        Assert.Equal(0, (await PostAsync("api/v1/model-versions/by-hash/ids", many)).GetArrayLength());
    }

    [Fact]
    public async Task An_archived_model_answers_by_hash_without_files()
    {
        var hash = Sandbox.Catalogue.File(421100)!.Value.File.Content.Hashes.Sha256;

        Assert.Equal(0, (await JsonAsync("api/v1/model-versions/by-hash/" + hash)).GetProperty("files").GetArrayLength());
    }

    [Fact]
    public async Task The_mini_form_says_whether_a_key_is_needed()
    {
        var mini = await JsonAsync("api/v1/model-versions/mini/42090?modelFileId=420900");

        Assert.True(mini.GetProperty("requireAuth").GetBoolean());
        Assert.EndsWith("/api/download/models/42090?fileId=420900", mini.GetProperty("downloadUrls")[0].GetString());
    }

    [Fact]
    public async Task A_name_of_digits_comes_as_a_number_in_the_list_of_pictures()
    {
        var pictures = (await JsonAsync("api/v1/images?limit=200")).GetProperty("items").EnumerateArray().ToArray();

        Assert.Contains(pictures, picture => picture.GetProperty("username").ValueKind == JsonValueKind.Number);
        Assert.Contains(pictures, picture => picture.GetProperty("username").ValueKind == JsonValueKind.String);
    }

    [Fact]
    public async Task Pictures_are_walked_by_cursor()
    {
        var seen = new List<int>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await JsonAsync("api/v1/images?limit=50" + (cursor.Length > 0 ? "&cursor=" + Uri.EscapeDataString(cursor) : ""));
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt32()));
            cursor = page.GetProperty("metadata").TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }

        Assert.Equal(Sandbox.Catalogue.Versions.Where(pair => pair.Model.Mode != "TakenDown").Sum(pair => pair.Version.Images), seen.Distinct().Count());
    }

    [Fact]
    public async Task Creators_have_totals_and_tags_have_none()
    {
        var creators = await JsonAsync("api/v1/creators?limit=3");
        var tags = await JsonAsync("api/v1/tags?limit=3&page=2");
        var beyond = await JsonAsync("api/v1/tags?limit=3&page=100");

        Assert.True(creators.GetProperty("metadata").GetProperty("totalItems").GetInt32() > 3);
        Assert.Contains("page=2", creators.GetProperty("metadata").GetProperty("nextPage").GetString());
        Assert.Equal((3, 0), (tags.GetProperty("items").GetArrayLength(), tags.GetProperty("metadata").GetProperty("totalItems").GetInt32()));
        Assert.False(tags.GetProperty("metadata").TryGetProperty("nextPage", out _));
        Assert.Equal(0, beyond.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_bad_parameter_of_the_lists_is_refused_with_a_bare_array()
    {
        using var answer = await GetAsync("api/v1/creators?limit=0");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.StartsWith("[{", await TextAsync(answer));
    }

    [Fact]
    public async Task The_enumerations_are_listed() => Assert.Contains("Krea 2", (await JsonAsync("api/v1/enums")).GetProperty("ActiveBaseModel").EnumerateArray().Select(name => name.GetString()));

    [Theory]
    [InlineData("api/v1/models", "POST", 405)]
    [InlineData("api/v1/models", "OPTIONS", 405)]
    [InlineData("api/v1/models/4201", "POST", 200)]
    [InlineData("api/v1/models/4201", "OPTIONS", 200)]
    [InlineData("api/v1/me", "OPTIONS", 200)]
    [InlineData("api/v1/me", "POST", 405)]
    public async Task Methods_are_checked_as_each_wrapper_does(string path, string method, int status)
    {
        using var answer = await SendAsync(new(method), new(Sandbox.Api, path));

        Assert.Equal(status, (int)answer.StatusCode);
        if (method == "OPTIONS" && status == 200) Assert.Empty(await BytesAsync(answer));
    }

    [Fact]
    public async Task Caches_are_told_what_the_site_tells_them()
    {
        using var nobody = await GetAsync("api/v1/models?limit=1");
        using var somebody = await GetAsync("api/v1/models?limit=1", ("Authorization", "Bearer sandbox-key"));
        using var download = await GetAsync("api/download/models/42010");

        Assert.Contains("s-maxage=300", nobody.Headers.CacheControl!.ToString());
        Assert.True(somebody.Headers.CacheControl!.Private);
        Assert.True(download.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task A_model_can_come_without_its_versions()
    {
        Sandbox.Faults.For(4201).Add(FaultKind.NoVersions, times: 1);

        Assert.Equal(0, (await JsonAsync("api/v1/models/4201")).GetProperty("modelVersions").GetArrayLength());
        Assert.Equal(1, (await JsonAsync("api/v1/models/4201")).GetProperty("modelVersions").GetArrayLength());
    }

    [Fact]
    public async Task A_carriage_return_can_stand_raw_in_a_name()
    {
        Sandbox.Faults.On(SandboxSite.Api).Add(FaultKind.RawControl);
        using var answer = await GetAsync("api/v1/models/4201");

        Assert.Contains("Ink\rWash", await TextAsync(answer));
    }
}
