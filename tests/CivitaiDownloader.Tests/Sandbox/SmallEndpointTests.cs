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

    [Theory]
    [InlineData("42010?epoch=3", 400, "epoch")] // declared as a number, never made one
    [InlineData("42010?modelFileId=1", 404, "Model file 1 not found in version 42010")]
    [InlineData("42282", 404, "Missing model file")]
    [InlineData("42010", 200, "\"requireAuth\":false,\"checkPermission\":false,\"earlyAccessEndsAt\":null")]
    [InlineData("42130", 200, "\"checkPermission\":true")]
    [InlineData("42070", 200, "\"checkPermission\":true,\"earlyAccessEndsAt\":\"20")]
    [InlineData("42281", 200, "\"availability\":\"Private\"")]
    public async Task The_mini_form_says_what_no_other_form_does(string path, int status, string words)
    {
        using var answer = await GetAsync("api/v1/model-versions/mini/" + path);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Contains(words, await TextAsync(answer));
    }

    [Fact]
    public async Task Under_a_name_with_api_in_it_the_mini_form_leaves_api_out_of_its_addresses()
    {
        using var mini = await GetAsync("api/v1/model-versions/mini/42010", ("Host", $"api.localhost:{Sandbox.Api.Port}"));
        using var download = await GetAsync("download/models/42010");

        Assert.Contains($"\"http://api.localhost:{Sandbox.Api.Port}/download/models/42010\"", await TextAsync(mini));
        Assert.Equal(HttpStatusCode.TemporaryRedirect, download.StatusCode);
    }

    [Theory]
    [InlineData("422800?summaryOnly=true", 200)]
    [InlineData("0", 400)]
    [InlineData("x", 400)]
    [InlineData("1", 404)]
    [InlineData("423100", 404)] // a real person's
    [InlineData("420700", 403)]
    [InlineData("421300", 403)]
    [InlineData("421100", 410)]
    [InlineData("420300", 422)] // no safetensors file
    public async Task A_files_header_is_shown_or_refused(string path, int status)
    {
        using var answer = await GetAsync("api/v1/model-files/" + (path.Contains('?', StringComparison.Ordinal) ? path.Replace("?", "/tensor-metadata?", StringComparison.Ordinal) : path + "/tensor-metadata"));

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_files_header_is_its_own()
    {
        var summary = await JsonAsync("api/v1/model-files/420100/tensor-metadata?summaryOnly=true");
        var whole = await JsonAsync("api/v1/model-files/420100/tensor-metadata");

        Assert.Equal("sample-1", summary.GetProperty("metadata").GetProperty("ss_output_name").GetString());
        Assert.False(summary.TryGetProperty("tensors", out _));
        Assert.Equal("F32", whole.GetProperty("tensors").GetProperty("lora_unet_down.weight").GetProperty("dtype").GetString());
    }

    [Theory]
    [InlineData("", "[]")]
    [InlineData("entityIds=42010,42020", "{\"42010\":false,\"42020\":false}")]
    public async Task Permissions_are_about_generating_only(string query, string expected) => Assert.Equal(expected, (await JsonAsync("api/v1/permissions/check?" + query)).GetRawText());

    [Theory]
    [InlineData("models?limit=x", "{\"error\":{\"name\":\"ZodError\"")]
    [InlineData("images?limit=x", "{\"error\":{\"name\":\"ZodError\"")]
    [InlineData("creators?limit=x", "[{")]
    [InlineData("tags?limit=x", "[{")]
    [InlineData("users?ids=x", "{\"name\":\"ZodError\"")]
    [InlineData("models/x", "{\"error\":\"✖ Invalid input")]
    [InlineData("model-versions/x", "{\"error\":\"✖ Invalid input")]
    [InlineData("models?username=nobody-at-all", "{\"message\":\"User not found\"}")]
    public async Task Each_endpoint_has_its_own_form_of_an_error(string path, string beginning)
    {
        using var answer = await GetAsync("api/v1/" + path);

        Assert.InRange((int)answer.StatusCode, 400, 404);
        Assert.StartsWith(beginning, await TextAsync(answer));
    }

    [Theory]
    [InlineData("api/v1/model-versions/42010", "{\"error\":\"Failed to fetch model version details\"}")]
    [InlineData("api/v1/images", "\"code\":\"INTERNAL_SERVER_ERROR\"")]
    [InlineData("api/v1/creators", "{\"message\":\"An unexpected error occurred\",\"error\":")]
    [InlineData("api/download/models/42010", "{\"error\":\"URI malformed\"}")]
    public async Task Each_endpoint_fails_in_its_own_words(string path, string words)
    {
        Sandbox.Faults.On(SandboxSite.Api).Add(FaultKind.Status, amount: 500);
        using var answer = await GetAsync(path);

        Assert.Equal(HttpStatusCode.InternalServerError, answer.StatusCode);
        Assert.Contains(words, await TextAsync(answer));
    }

    [Fact]
    public async Task Who_has_published_nothing_has_no_count()
    {
        var lurker = (await JsonAsync("api/v1/creators?query=lurker")).GetProperty("items")[0];

        Assert.Equal("lurker", lurker.GetProperty("username").GetString());
        Assert.False(lurker.TryGetProperty("modelCount", out _));
    }

    [Fact]
    public async Task Users_are_found_by_number_or_beginning()
    {
        var found = (await JsonAsync("api/v1/users?query=A")).GetProperty("items").EnumerateArray().ToArray();
        var id = found.Single(user => user.GetProperty("username").GetString() == "ana_m").GetProperty("id").GetInt32();

        Assert.Equal("ana_m", Assert.Single((await JsonAsync($"api/v1/users?ids={id}")).GetProperty("items").EnumerateArray()).GetProperty("username").GetString());
    }

    [Fact]
    public async Task Only_the_sites_own_pages_may_ask_for_an_account_from_a_browser()
    {
        var site = Sandbox.Api.GetLeftPart(UriPartial.Authority);
        using var own = await GetAsync("api/v1/me", ("Authorization", "Bearer sandbox-key"), ("Origin", site));
        using var other = await GetAsync("api/v1/me", ("Authorization", "Bearer sandbox-key"), ("Origin", "https://example.org"));
        using var open = await GetAsync("api/v1/models/4201", ("Origin", "https://example.org"));

        Assert.Equal(site, own.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.False(other.Headers.Contains("Access-Control-Allow-Origin"));
        Assert.Equal("*", open.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal("sandbox", open.Headers.GetValues("X-Handled-By").Single());
    }

    [Theory]
    [InlineData("Bearer sandbox-key", "", true)]
    [InlineData("anything sandbox-key", "", true)] // the second word counts, whatever the first is
    [InlineData("sandbox-key", "", false)]
    [InlineData(null, "?token=sandbox-key", true)]
    [InlineData("Bearer wrong", "?token=sandbox-key", false)] // the header wins
    public async Task A_key_is_read_as_the_site_reads_it(string? header, string query, bool isGood)
    {
        using var answer = header is null ? await GetAsync("api/v1/me" + query) : await GetAsync("api/v1/me" + query, ("Authorization", header));

        Assert.Equal(isGood ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task A_name_of_digits_comes_as_a_number_in_the_list_of_pictures()
    {
        var pictures = (await JsonAsync("api/v1/images?limit=200&nsfw=true")).GetProperty("items").EnumerateArray().ToArray();

        Assert.Contains(pictures, picture => picture.GetProperty("username").ValueKind == JsonValueKind.Number);
        Assert.Contains(pictures, picture => picture.GetProperty("username").ValueKind == JsonValueKind.String);
    }

    [Fact]
    public async Task Pictures_are_walked_by_cursor()
    {
        var seen = new List<int>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await JsonAsync("api/v1/images?limit=50&nsfw=true" + (cursor.Length > 0 ? "&cursor=" + Uri.EscapeDataString(cursor) : ""));
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt32()));
            cursor = page.GetProperty("metadata").TryGetProperty("nextCursor", out var next) ? next.GetString() : null;
        }

        Assert.Equal(Sandbox.Catalogue.Versions.Where(pair => pair.Model is { Mode: not "TakenDown", NsfwLevel: not 0 } && pair.Version.Availability == "Public").Sum(pair => pair.Version.Images), seen.Distinct().Count());
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
