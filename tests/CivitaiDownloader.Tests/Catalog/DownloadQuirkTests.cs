using System.Net;
using CivitaiDownloader.Catalog;
using CivitaiDownloader.Sandbox;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Ledger;
using CivitaiDownloader.Sandbox.Samples;
using CivitaiDownloader.Tests.Sandbox;
using Xunit;

namespace CivitaiDownloader.Tests.Catalog;

/// <summary>The download endpoint's order of checks, its outcomes, its addresses and the stores behind them (civitai-api 7, 8), met by the client.</summary>
public sealed class DownloadQuirkTests() : SandboxSession(new() { Models = 0 })
{
    private const string Key = SandboxOptions.DefaultKey;

    [Theory]
    [InlineData(SampleIds.EarlyAccess, null, "", CatalogFault.EarlyAccess, "until")]
    [InlineData(SampleIds.EarlyAccess, Key, "", CatalogFault.EarlyAccess, "until")]
    [InlineData(SampleIds.PaidAccess, null, "", CatalogFault.EarlyAccess, "no end date")]
    [InlineData(SampleIds.LoginRequired, null, "", CatalogFault.SignInRequired, "signed in")]
    [InlineData(SampleIds.LoginRequired, "wrong", "", CatalogFault.KeyRejected, "does not accept the key")]
    [InlineData(SampleIds.Private, null, "", CatalogFault.SignInRequired, "signed in")]
    [InlineData(SampleIds.Private, Key, "", CatalogFault.AccessRefused, "do not have access")]
    [InlineData(SampleIds.DownloadsDisabled, Key, "", CatalogFault.DownloadsDisabled, "switched downloads off")]
    [InlineData(SampleIds.Gone, Key, "", CatalogFault.NotFound, "no file to give")]
    [InlineData(SampleIds.RealPerson, Key, "", CatalogFault.NotFound, "no file to give")]
    [InlineData(SampleIds.Plain, null, "login-wall", CatalogFault.SignInRequired, "signed in")]
    [InlineData(SampleIds.Plain, Key, "black-list", CatalogFault.AccessRefused, "Forbidden")]
    [InlineData(SampleIds.Plain, Key, "quota", CatalogFault.QuotaReached, "unusual amount")]
    [InlineData(SampleIds.Plain, Key, "unresolved", CatalogFault.NotFound, "no file to give")]
    [InlineData(SampleIds.Plain, Key, "challenge@/api/download", CatalogFault.PageAnswer, "web page")]
    [InlineData(SampleIds.Plain, Key, "status@/api/download=429", CatalogFault.QuotaReached, "quota")] // a page of Cloudflare's that names no time either
    [InlineData(SampleIds.Plain, Key, "status@/api/download=502", CatalogFault.ServerFailing, "502")]
    [InlineData(SampleIds.Plain, Key, "status@/api/download=522", CatalogFault.ServerFailing, "522")]
    [InlineData(SampleIds.Plain, Key, "status@/api/download=500", CatalogFault.ServerFailing, "URI malformed")]
    public async Task Each_outcome_is_told_for_what_it_is(int model, string? key, string fault, CatalogFault expected, string words)
    {
        if (fault.Length > 0) Sandbox.Faults.Add(FaultText.Parse(fault));
        using var client = SandboxClient.To(Sandbox, key);

        var error = await Assert.ThrowsAsync<CatalogException>(() => client.LinkAsync(model));

        Assert.Equal(expected, error.Fault);
        Assert.Contains(words, error.Message);
        Assert.False(string.IsNullOrEmpty(error.Hint));
    }

    [Theory]
    [InlineData("login-wall", Key)]
    [InlineData("unresolved*1", null)]
    [InlineData("unresolved*2", null)] // both the address by id and the one that was served
    public async Task What_passes_is_no_refusal(string fault, string? key)
    {
        Sandbox.Faults.Add(FaultText.Parse(fault));
        using var client = SandboxClient.To(Sandbox, key);

        using var file = await client.FetchAsync(SampleIds.Plain);

        Assert.True(file.IsVerified);
    }

    [Fact]
    public async Task A_store_that_cannot_be_found_looks_like_a_file_that_is_gone_and_is_kept_by_no_cache()
    {
        Sandbox.Faults.Add(FaultText.Parse("unresolved*1"));

        using var first = await GetAsync("api/download/models/42010");
        using var second = await GetAsync("api/download/models/42010");

        Assert.Equal("""{"error":"File not found"}""", await TextAsync(first));
        Assert.Equal("no-store, private", first.Headers.CacheControl!.ToString());
        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.TemporaryRedirect), (first.StatusCode, second.StatusCode));
    }

    [Fact]
    public async Task The_black_list_comes_before_the_quota_and_both_before_what_was_asked_for()
    {
        var blackList = Sandbox.Faults.On(SandboxSite.Api).Add(FaultKind.BlackList);
        var quota = Sandbox.Faults.On(SandboxSite.Api).Add(FaultKind.Quota);

        using var listed = await GetAsync("api/download/models/abc?type=Sculpture");
        blackList.Off();
        using var used = await GetAsync("api/download/models/abc?type=Sculpture");
        quota.Off();
        using var asked = await GetAsync("api/download/models/42110?type=Sculpture"); // archived, too
        using var archived = await GetAsync("api/download/models/42110?type=VAE");

        Assert.Equal([403, 429, 400, 410], new[] { listed, used, asked, archived }.Select(answer => (int)answer.StatusCode));
        Assert.Equal("""{"error":"Forbidden"}""", await TextAsync(listed));
        Assert.Null(used.Headers.RetryAfter);
    }

    [Fact]
    public async Task A_VAE_of_another_version_is_had_by_the_address_that_was_served()
    {
        using var client = SandboxClient.To(Sandbox);
        var version = await client.VersionAsync(SampleIds.EveryForm * 10);
        var vae = version.Files.Single(file => file.Type == "VAE");
        using var byId = await GetAsync($"api/download/models/42280?fileId={vae.Id}");

        var link = await client.LinkAsync(version, vae);

        Assert.EndsWith("/api/download/models/42280?type=VAE", vae.DownloadUrl);
        Assert.Equal(HttpStatusCode.NotFound, byId.StatusCode); // it is no file of this version
        Assert.Contains("/420204/", link.AbsolutePath);
    }

    [Fact]
    public async Task Files_that_share_a_descriptive_address_are_told_apart_by_their_ids()
    {
        using var client = SandboxClient.To(Sandbox);
        var version = (await client.ModelAsync(SampleIds.Components)).Versions[0];
        var archives = version.Files.Where(file => file.Type == "Archive").ToArray();

        var links = new List<string>();
        foreach (var archive in archives) links.Add((await client.LinkAsync(version, archive)).AbsolutePath);

        Assert.Equal(archives[0].DownloadUrl, archives[1].DownloadUrl);
        Assert.Contains("/423303/", links[0]);
        Assert.Contains("/423304/", links[1]);
    }

    [Theory]
    [InlineData("?quantType=Q8_0", "/423300/")]
    [InlineData("", "/423301/")] // Q4_K_M is what the site prefers
    [InlineData("?type=Text%20Encoder", "/423302/")]
    [InlineData("?type=Text%20Encoder&format=GGUF", null)]
    [InlineData("?format=SafeTensor", null)] // a model counts for more than a format, and then has another one
    public async Task Described_files_are_chosen_by_score_and_then_guarded(string query, string? path)
    {
        using var answer = await GetAsync("api/download/models/42330" + query);

        Assert.Equal(path is null ? HttpStatusCode.NotFound : HttpStatusCode.TemporaryRedirect, answer.StatusCode);
        if (path is not null) Assert.Contains(path, answer.Headers.Location!.AbsolutePath);
    }

    [Theory]
    [InlineData(SampleIds.Bare, "/file/civitai-modelfiles/model/422900/object", "Authorization=")]
    [InlineData(SampleIds.Plain, "/model/420100/object", "X-Amz-Signature=")]
    public async Task Whichever_store_has_a_file_it_sees_no_key_and_no_HEAD(int model, string path, string mark)
    {
        using var client = SandboxClient.To(Sandbox, Key);

        using var file = await client.FetchAsync(model);

        var asked = Sandbox.Ledger.Requests.Where(request => request.Site == SandboxSite.Storage).ToArray();
        Assert.True(file.IsVerified);
        Assert.NotEmpty(asked);
        Assert.All(asked, request => Assert.Equal((path, "GET", null), (request.Path, request.Method, request.Authorization)));
        Assert.All(asked, request => Assert.Contains(mark, request.Query));
    }

    [Theory]
    [InlineData(SampleIds.Bare, "GET", 403, "bad_auth_token")]
    [InlineData(SampleIds.Bare, "HEAD", 403, null)]
    [InlineData(SampleIds.Plain, "GET", 400, "<Code>InvalidRequest</Code>")]
    [InlineData(SampleIds.Plain, "HEAD", 403, null)]
    public async Task Each_store_refuses_a_key_and_HEAD_in_its_own_way(int model, string method, int status, string? words)
    {
        var link = await LinkAsync(model);

        using var answer = method == "HEAD" ? await SendAsync(HttpMethod.Head, link) : await GetAsync(link, ("Authorization", "Bearer sandbox-key"));

        Assert.Equal(status, (int)answer.StatusCode);
        if (words is not null) Assert.Contains(words, await TextAsync(answer));
    }

    [Theory]
    [InlineData(SampleIds.Bare, "expired*1")]
    [InlineData(SampleIds.Plain, "expired*1")]
    [InlineData(SampleIds.Plain, "status@storage=400*1")]
    [InlineData(SampleIds.Plain, "status@storage=401*1")]
    [InlineData(SampleIds.Plain, "no-length*1")]
    public async Task A_link_that_is_refused_is_asked_for_anew(int model, string fault)
    {
        Sandbox.Faults.Add(FaultText.Parse(fault));
        using var client = SandboxClient.To(Sandbox);

        using var file = await client.FetchAsync(model);

        Assert.True(file.IsVerified);
        Assert.Equal(fault.StartsWith("no-length", StringComparison.Ordinal) ? 1 : 2, Sandbox.Ledger.Requests.Count(request => request.Path.StartsWith("/api/download/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Links_of_both_stores_end_and_forged_ones_open_nothing()
    {
        foreach (var model in new[] { SampleIds.Bare, SampleIds.Plain })
        {
            var link = await LinkAsync(model);
            using var good = await GetAsync(link);
            using var forged = await GetAsync(new Uri(link.AbsoluteUri.Replace("=3_", "=3_1", StringComparison.Ordinal).Replace("Signature=", "Signature=0", StringComparison.Ordinal)));
            using var none = await GetAsync(new Uri(link.GetLeftPart(UriPartial.Path)));

            Assert.Equal([200, 403, 403], new[] { good, forged, none }.Select(answer => (int)answer.StatusCode));
        }
    }
}
