using System.Net;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Ledger;
using CivitaiDownloader.Sandbox.Samples;
using Xunit;

namespace CivitaiDownloader.Tests.Sandbox;

public sealed class FaultTests() : SandboxSession(new() { Models = 0 })
{
    private const int File = SampleIds.Plain * 100;

    [Fact]
    public async Task A_cut_ends_the_connection_behind_exactly_so_many_bytes()
    {
        Sandbox.Faults.For(SampleIds.Medium).Add(FaultKind.Cut, amount: 300_000, times: 1);
        var link = await LinkAsync(SampleIds.Medium);

        var first = await ReadAsync(link);
        var second = await ReadAsync(link);

        Assert.Equal((300_000, true), (first.Bytes.Length, first.IsCut));
        Assert.Equal((64 << 20, false), (second.Bytes.Length, second.IsCut));
    }

    [Fact]
    public async Task A_cut_shows_although_no_length_was_told()
    {
        Sandbox.Faults.Add(FaultText.Parse("no-length"));
        Sandbox.Faults.Add(FaultText.Parse("cut=1000"));

        Assert.True((await ReadAsync(await LinkAsync(SampleIds.Plain))).IsCut);
    }

    [Fact]
    public async Task A_stall_is_silence_behind_so_many_bytes()
    {
        Sandbox.Faults.Add(FaultText.Parse("stall=5000"));
        using var answer = await GetAsync(await LinkAsync(SampleIds.Medium));
        await using var body = await answer.Content.ReadAsStreamAsync(Ended);

        await body.ReadExactlyAsync(new byte[5000], Ended);
        var next = body.ReadAsync(new byte[1], Ended).AsTask();

        using var meanwhile = await GetAsync("api/v1/models/4201"); // a whole answer comes and goes
        Assert.False(next.IsCompleted);
        Assert.Equal(5000, Sandbox.Ledger.Of(SampleIds.Medium * 100).Served);
    }

    [Fact]
    public async Task A_refused_connection_gives_no_answer()
    {
        Sandbox.Faults.On(SandboxSite.Api).Add(FaultKind.Refuse, times: 1);

        await Assert.ThrowsAsync<HttpRequestException>(() => GetAsync("api/v1/me"));
        using var next = await GetAsync("api/v1/enums");

        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
        Assert.Equal(0, Sandbox.Ledger.Requests[0].Status);
    }

    [Fact]
    public async Task A_status_carries_its_Retry_After_as_seconds_or_as_a_date()
    {
        Sandbox.Faults.Add(FaultText.Parse("status@api=429*1,retry-after=7"));
        Sandbox.Faults.Add(FaultText.Parse("status@api=503*1,retry-at=90"));

        using var seconds = await GetAsync("api/v1/enums");
        using var date = await GetAsync("api/v1/enums");
        using var none = await GetAsync("api/v1/enums");

        Assert.Equal((429, TimeSpan.FromSeconds(7)), ((int)seconds.StatusCode, seconds.Headers.RetryAfter!.Delta));
        Assert.InRange(date.Headers.RetryAfter!.Date!.Value - date.Headers.Date!.Value, TimeSpan.FromSeconds(88), TimeSpan.FromSeconds(92));
        Assert.Equal(HttpStatusCode.OK, none.StatusCode);
    }

    [Theory]
    [InlineData("status@storage=503", "<Code>SlowDown</Code>")]
    [InlineData("status@api=522", "<!DOCTYPE html>")]
    [InlineData("status@api=500", "{\"message\":\"An unexpected error occurred\",\"error\":")]
    [InlineData("status@api=503", "{\"error\":\"Server busy")]
    [InlineData("status@api=429", "<!DOCTYPE html>")]
    [InlineData("challenge@api", "Just a moment")]
    [InlineData("region@api", "REGION_BLOCKED")]
    [InlineData("api-page", "Maintenance")]
    public async Task An_error_has_the_body_of_who_would_send_it(string fault, string words)
    {
        var link = await LinkAsync(SampleIds.Plain);
        Sandbox.Faults.Add(FaultText.Parse(fault));

        using var answer = fault.Contains("storage", StringComparison.Ordinal) ? await GetAsync(link) : await GetAsync("api/v1/models/4201");

        Assert.Contains(words, await TextAsync(answer));
    }

    [Fact]
    public async Task A_quota_stops_downloads_only_and_names_no_time()
    {
        Sandbox.Faults.Add(FaultText.Parse("quota"));

        using var model = await GetAsync("api/v1/models/4201");
        using var download = await GetAsync("api/download/models/42010");

        Assert.Equal(HttpStatusCode.OK, model.StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, download.StatusCode);
        Assert.Null(download.Headers.RetryAfter);
    }

    [Fact]
    public async Task Wrong_bytes_are_wrong_and_as_many()
    {
        Sandbox.Faults.For(SampleIds.Plain).Add(FaultKind.WrongBytes);
        var right = Content(File);

        var got = (await ReadAsync(await LinkAsync(SampleIds.Plain))).Bytes;

        Assert.Equal(right.Length, got.Length);
        Assert.NotEqual(right, got);
        Assert.Equal(right[1..], got[1..]);
    }

    [Fact]
    public async Task A_changed_file_has_other_bytes_and_another_tag_from_then_on()
    {
        var link = await LinkAsync(SampleIds.Plain);
        using var before = await GetAsync(link);
        Sandbox.Faults.Add(FaultText.Parse("changed*1"));

        using var resumed = await GetAsync(link, ("Range", "bytes=10-"), ("If-Range", before.Headers.ETag!.Tag));
        using var after = await GetAsync(link);

        Assert.Equal(HttpStatusCode.OK, resumed.StatusCode);
        Assert.NotEqual(before.Headers.ETag, after.Headers.ETag);
        Assert.NotEqual(before.Content.Headers.LastModified, after.Content.Headers.LastModified);
        Assert.NotEqual(await BytesAsync(before), await BytesAsync(after));
    }

    [Theory]
    [InlineData("ignore-range", 200, null)]
    [InlineData("wrong-range=7", 206, "bytes 107-206/16")]
    [InlineData("no-length", 206, "bytes 100-199/*")]
    [InlineData("too-long=50", 206, "bytes 100-199/16")]
    public async Task A_range_goes_wrong_as_asked(string fault, int status, string? contentRange)
    {
        Sandbox.Faults.Add(FaultText.Parse(fault));

        using var answer = await GetAsync(await LinkAsync(SampleIds.Plain), ("Range", "bytes=100-199"));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.StartsWith(contentRange ?? "", answer.Content.Headers.ContentRange?.ToString() ?? "");
        if (fault == "no-length") Assert.True(answer.Headers.TransferEncodingChunked);
    }

    [Fact]
    public async Task Lengths_can_be_wrong_in_every_direction()
    {
        var right = Content(File).Length;

        Assert.Equal((right + 50, false), await LengthAsync("too-long=50*1"));
        Assert.Equal((right, true), await LengthAsync("too-short=50*1"));
        Assert.Equal((right + 50, false), await LengthAsync("overrun=50*1"));
    }

    [Fact]
    public async Task An_expired_link_stays_expired_and_a_fresh_one_works()
    {
        Sandbox.Faults.Add(FaultText.Parse("expired*1"));
        var link = await LinkAsync(SampleIds.Plain);

        using var first = await GetAsync(link);
        using var second = await GetAsync(link);
        using var fresh = await GetAsync(await LinkAsync(SampleIds.Plain));

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.OK), (first.StatusCode, second.StatusCode, fresh.StatusCode));
        Assert.Contains("<Error><Code>AccessDenied</Code><Message>Request has expired</Message>", await TextAsync(first));
    }

    [Fact]
    public async Task Faults_of_bodies_happen_on_the_API_as_well()
    {
        Sandbox.Faults.ForPath("/api/v1/models").Add(FaultKind.Cut, amount: 100);

        Assert.True((await ReadAsync(new(Sandbox.Api, "api/v1/models/4201"))).IsCut);
    }

    [Fact]
    public async Task A_gzip_bomb_is_small_on_the_wire_and_does_not_end_soon()
    {
        Sandbox.Faults.ForPath("/api/v1/models").Add(FaultKind.GzipBomb);
        using var answer = await GetAsync("api/v1/models");

        Assert.Equal(["gzip"], answer.Content.Headers.ContentEncoding);
        await using var body = await answer.Content.ReadAsStreamAsync(Ended);
        Assert.Equal([0x1F, 0x8B], await TakeAsync(body, 2));
    }

    [Fact]
    public async Task A_fault_hits_what_it_is_aimed_at()
    {
        Sandbox.Faults.ForFile(420203).Add(FaultKind.Status, 500);
        Sandbox.Faults.ForVersion(42030).Add(FaultKind.Status, 501);
        Sandbox.Faults.When(request => request.Path == "/api/v1/tags" && request.Method == "GET").Add(FaultKind.Status, 502);

        Assert.Equal(200, await StatusAsync(await LinkAsync(42020, 420202)));
        Assert.Equal(500, await StatusAsync(new(Sandbox.Api, "api/download/models/42020?fileId=420203")));
        Assert.Equal(501, await StatusAsync(new(Sandbox.Api, "api/v1/model-versions/42030")));
        Assert.Equal(502, await StatusAsync(new(Sandbox.Api, "api/v1/tags")));
        Assert.Equal(200, await StatusAsync(new(Sandbox.Api, "api/v1/creators")));
    }

    [Fact]
    public async Task A_switch_counts_and_can_be_switched_off()
    {
        var fault = Sandbox.Faults.On(SandboxSite.Api).Add(FaultKind.Status, 500);
        await StatusAsync(new(Sandbox.Api, "api/v1/tags"));
        await StatusAsync(new(Sandbox.Api, "api/v1/tags"));

        fault.Off();

        Assert.Equal(200, await StatusAsync(new(Sandbox.Api, "api/v1/tags")));
        Assert.Equal(2, fault.Hits);
    }

    [Fact]
    public async Task A_fault_waits_for_its_bytes()
    {
        Sandbox.Faults.Add(FaultText.Parse("status@f422000=503*1>1000"));
        var link = await LinkAsync(SampleIds.Medium);

        using (var early = await GetAsync(link, ("Range", "bytes=0-999"))) Assert.Equal(1000, (await BytesAsync(early)).Length);

        Assert.Equal(503, await StatusAsync(link));
    }

    [Theory]
    [InlineData("cut@4219=1000000*3", FaultKind.Cut, 4219, null, null, null, 1_000_000, 3, 0)]
    [InlineData("wrong-bytes@v42190", FaultKind.WrongBytes, null, 42190, null, null, 0, int.MaxValue, 0)]
    [InlineData("stall@f421900=5>9", FaultKind.Stall, null, null, 421900, null, 5, int.MaxValue, 9)]
    [InlineData("delay@/api/v1/models=20", FaultKind.Delay, null, null, null, "/api/v1/models", 20, int.MaxValue, 0)]
    public void A_fault_is_read_from_text(string text, FaultKind kind, int? model, int? version, int? file, string? path, long amount, int times, long after) =>
        Assert.Equal(new Fault(kind) { Model = model, Version = version, File = file, Path = path, Amount = amount, Times = times, After = after }, FaultText.Parse(text));

    [Theory]
    [InlineData("nonsense")]
    [InlineData("cut@nowhere")]
    [InlineData("cut=-1")]
    [InlineData("status=503,retry-after=soon")]
    [InlineData("")]
    public void A_fault_that_is_none_is_refused(string text) => Assert.Contains("cut@4219=1000000*3", Assert.Throws<FormatException>(() => FaultText.Parse(text)).Message);

    private async Task<(int Bytes, bool IsCut)> LengthAsync(string fault)
    {
        Sandbox.Faults.Clear();
        Sandbox.Faults.Add(FaultText.Parse(fault));
        var (bytes, isCut) = await ReadAsync(await LinkAsync(SampleIds.Plain));
        return (bytes.Length, isCut);
    }

    private async Task<int> StatusAsync(Uri address)
    {
        using var answer = await GetAsync(address);
        return answer.StatusCode == HttpStatusCode.TemporaryRedirect ? 200 : (int)answer.StatusCode;
    }

    /// <summary>What comes before the end or the cut.</summary>
    private async Task<(byte[] Bytes, bool IsCut)> ReadAsync(Uri address)
    {
        using var answer = await GetAsync(address);
        await using var body = await answer.Content.ReadAsStreamAsync(Ended);
        var got = new MemoryStream();
        try
        {
            await body.CopyToAsync(got, Ended);
            return (got.ToArray(), false);
        }
        catch (Exception cut) when (cut is HttpIOException or HttpRequestException or IOException)
        {
            return (got.ToArray(), true);
        }
    }


    private static async Task<byte[]> TakeAsync(Stream body, int count)
    {
        var bytes = new byte[count];
        await body.ReadExactlyAsync(bytes, Ended);
        return bytes;
    }
}
