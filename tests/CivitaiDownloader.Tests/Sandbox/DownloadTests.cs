using System.Net;
using System.Security.Cryptography;
using System.Text;
using CivitaiDownloader.Sandbox;
using CivitaiDownloader.Sandbox.Samples;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace CivitaiDownloader.Tests.Sandbox;

public sealed class DownloadTests : SandboxSession
{
    private const string Browser = "Mozilla/5.0 (X11; Linux x86_64) Chrome/126";

    private readonly FakeTimeProvider _time;

    public DownloadTests() : this(new FakeTimeProvider(new(2026, 5, 1, 0, 0, 0, TimeSpan.Zero)))
    {
    }

    private DownloadTests(FakeTimeProvider time) : base(new() { Models = 0, Time = time, Key = null }) => _time = time;

    [Fact]
    public async Task A_link_lies_at_another_origin_and_is_good_for_a_day()
    {
        var link = await LinkAsync(SampleIds.Plain);
        _time.Advance(TimeSpan.FromHours(23));
        using var good = await GetAsync(link);
        _time.Advance(TimeSpan.FromHours(2));
        using var late = await GetAsync(link);

        Assert.Equal("localhost", link.Host);
        Assert.NotEqual(Sandbox.Api.Port, link.Port);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Forbidden), (good.StatusCode, late.StatusCode));
        Assert.Contains("Request has expired", await TextAsync(late));
    }

    [Fact]
    public async Task Early_access_opens_when_its_deadline_has_passed()
    {
        using var before = await GetAsync("api/download/models/42070");
        using var former = await GetAsync($"api/download/models/{SampleIds.FormerEarlyAccess}0");
        _time.Advance(TimeSpan.FromDays(10));
        using var after = await GetAsync("api/download/models/42070");
        using var never = await GetAsync("api/download/models/42080");

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.TemporaryRedirect), (before.StatusCode, former.StatusCode));
        Assert.Equal((HttpStatusCode.TemporaryRedirect, HttpStatusCode.Forbidden), (after.StatusCode, never.StatusCode));
        Assert.DoesNotContain("deadline", await TextAsync(never));
    }

    [Theory]
    [InlineData("42090", 307, "/login")]
    [InlineData("42070", 307, "/model-versions/42070")]
    [InlineData("42100", 401, null)]
    [InlineData("42120", 404, null)]
    public async Task A_browser_is_sent_to_pages_or_reads_plain_text(string version, int status, string? page)
    {
        using var answer = await GetAsync("api/download/models/" + version, ("User-Agent", Browser));

        Assert.Equal(status, (int)answer.StatusCode);
        if (page is null)
        {
            Assert.Equal("text/plain", answer.Content.Headers.ContentType!.MediaType);
            return;
        }

        Assert.StartsWith(page, answer.Headers.Location!.OriginalString);
        using var shown = await GetAsync(answer.Headers.Location!.OriginalString[1..]);
        Assert.Equal((HttpStatusCode.OK, "text/html"), (shown.StatusCode, shown.Content.Headers.ContentType!.MediaType));
    }

    [Fact]
    public async Task Any_key_is_a_session_when_none_is_named()
    {
        using var nobody = await GetAsync("api/download/models/42090");
        using var somebody = await GetAsync("api/download/models/42090", ("Authorization", "anything at-all"));
        using var byQuery = await GetAsync("api/v1/me?token=t");
        using var refused = await GetAsync("api/download/models/42130?token=t");

        Assert.Equal((HttpStatusCode.Unauthorized, HttpStatusCode.TemporaryRedirect, HttpStatusCode.OK), (nobody.StatusCode, somebody.StatusCode, byQuery.StatusCode));
        Assert.Contains("do not have access", await TextAsync(refused));
    }

    [Theory]
    [InlineData("", 420202)] // SafeTensor, pruned, fp16
    [InlineData("?size=full&fp=fp32", 420201)]
    [InlineData("?format=PickleTensor", 420203)]
    [InlineData("?type=VAE", 420204)]
    [InlineData("?fileId=420205", 420205)]
    public async Task The_file_is_chosen_as_the_site_chooses(string query, int file)
    {
        using var answer = await GetAsync("api/download/models/42020" + query);

        Assert.Contains($"/model/{file}/", answer.Headers.Location!.AbsolutePath);
    }

    [Theory]
    [InlineData("api/download/models/42020?type=Sculpture", 400)]
    [InlineData("api/download/models/42020?fileId=abc", 400)]
    [InlineData("api/download/models/abc", 400)]
    [InlineData("api/download/models/0", 400)]
    [InlineData("api/download/models/42030?quantType=Q8_0", 404)]
    [InlineData("api/download/models/42020?type=Training%20Data", 404)]
    [InlineData("api/download/training/42010", 307)]
    [InlineData("api/download/training/42010?token=t", 404)]
    [InlineData("api/download/vault/1?type=model", 307)]
    [InlineData("api/download/vault/1?type=model&token=t", 404)]
    [InlineData("api/download/nonsense", 307)]
    [InlineData("api/download/attachments/7", 307)]
    [InlineData("api/download/attachments/7?token=t", 404)]
    public async Task What_fits_no_file_is_refused(string path, int status)
    {
        using var answer = await GetAsync(path);

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Nobody_is_sent_to_sign_in_or_told_so_in_JSON_by_what_they_say_they_send()
    {
        using var page = await GetAsync("api/download/attachments/7");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(Sandbox.Api, "api/download/attachments/7")) { Content = new StringContent("", Encoding.UTF8, "application/json") };
        using var json = await SendAsync(request);

        Assert.Equal("/login?returnUrl=%2Fapi%2Fdownload%2Fattachments%2F7", page.Headers.Location!.OriginalString);
        Assert.Equal((HttpStatusCode.Unauthorized, """{"error":"Unauthorized"}"""), (json.StatusCode, await TextAsync(json)));
    }

    [Fact]
    public async Task A_date_works_in_If_Range_as_a_tag_does()
    {
        var link = await LinkAsync(SampleIds.Plain);
        using var first = await GetAsync(link);
        var date = first.Content.Headers.LastModified!.Value.ToString("R");

        using var same = await GetAsync(link, ("Range", "bytes=5-"), ("If-Range", date));
        using var weak = await GetAsync(link, ("Range", "bytes=5-"), ("If-Range", "W/" + first.Headers.ETag!.Tag));
        using var tail = await GetAsync(link, ("Range", "bytes=-10"));

        Assert.Equal((HttpStatusCode.PartialContent, HttpStatusCode.OK), (same.StatusCode, weak.StatusCode));
        Assert.Equal(Content(420100)[^10..], await BytesAsync(tail));
    }

    [Fact]
    public async Task A_name_comes_as_raw_UTF_8_in_quotes()
    {
        using var answer = await GetAsync(await LinkAsync(SampleIds.HostileNames));

        var latin = answer.Content.Headers.NonValidated["Content-Disposition"].ToString();
        Assert.Contains("桜🌸", Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(latin)));
        Assert.StartsWith("attachment; filename=\"", latin);
    }

    [Theory]
    [InlineData(SampleIds.WrongBytes, false)]
    [InlineData(SampleIds.Plain, true)]
    [InlineData(SampleIds.Gguf, true)]
    [InlineData(SampleIds.Workflow, true)]
    [InlineData(SampleIds.Medium, true)]
    public async Task What_is_served_is_what_was_announced_but_for_the_tampered_one(int model, bool isTrue)
    {
        using var answer = await GetAsync(await LinkAsync(model));

        var served = Convert.ToHexString(SHA256.HashData(await BytesAsync(answer)));
        Assert.Equal(isTrue, served == Sandbox.Catalogue.File(model * 100)!.Value.File.Declared.Hashes.Sha256);
    }

    [Fact]
    public async Task Twenty_gibibytes_can_be_entered_anywhere_at_once()
    {
        var end = 20L << 30;
        using var answer = await GetAsync(await LinkAsync(SampleIds.Huge), ("Range", $"bytes={end - 100}-"));

        var expected = new byte[100];
        Sandbox.Catalogue.File(SampleIds.Huge * 100)!.Value.File.Content.Fill(end - 100, expected);
        Assert.Equal(expected, await BytesAsync(answer));
    }
}
