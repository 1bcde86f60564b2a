using System.Net;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Ledger;
using CivitaiDownloader.Sandbox.Samples;
using Xunit;

namespace CivitaiDownloader.Tests.Sandbox;

public sealed class LedgerTests() : SandboxSession(new() { Models = 0 })
{
    private const int File = SampleIds.Medium * 100;

    [Fact]
    public async Task A_request_is_written_down_with_the_headers_that_matter_and_what_it_was_given()
    {
        var link = await LinkAsync(SampleIds.Medium);
        using (var some = await GetAsync(link, ("Range", "bytes=500-1499"), ("If-Range", "\"x\""), ("Cookie", "a=b"), ("User-Agent", "probe/1"), ("Accept-Encoding", "identity"))) await BytesAsync(some);
        using (var part = await GetAsync(link, ("Range", "bytes=500-1499"))) await BytesAsync(part);

        var requests = Sandbox.Ledger.Requests;
        Assert.True(requests[1] is { Site: SandboxSite.Storage, Method: "GET", Range: "bytes=500-1499", IfRange: "\"x\"", Cookie: "a=b", UserAgent: "probe/1", AcceptEncoding: "identity", Status: 200 });
        Assert.Equal((206, 1000, new ByteRange(500, 1500)), (requests[2].Status, requests[2].BytesSent, requests[2].Covered));
        Assert.Equal(requests[1].Connection, requests[2].Connection);
        Assert.Null(requests[0].Covered);
    }

    [Fact]
    public async Task A_cut_answer_counts_what_was_sent_and_not_what_was_announced()
    {
        Sandbox.Faults.Add(FaultText.Parse("cut=300000*1"));
        using var answer = await GetAsync(await LinkAsync(SampleIds.Medium));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => BytesAsync(answer));

        Assert.Equal(300_000, Sandbox.Ledger.Of(File).Served);
        Assert.Equal([new ByteRange(0, 300_000)], Sandbox.Ledger.Of(File).Ranges);
        Assert.Equal(300_000, Sandbox.Ledger.Requests[^1].BytesSent);
    }

    [Fact]
    public async Task The_bytes_of_answers_without_a_file_are_counted_too()
    {
        using var answer = await GetAsync("api/v1/models/4201");
        var bytes = await BytesAsync(answer);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        using (var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(2)))
            while (Sandbox.Ledger.Requests[^1].Status == 0) await ticks.WaitForNextTickAsync(Ended); // counted once they are gone, which may be after they came
        Assert.Equal((bytes.Length, (ByteRange?)null), (Sandbox.Ledger.Requests[^1].BytesSent, Sandbox.Ledger.Requests[^1].Covered));
        Assert.Equal(bytes.Length, Sandbox.Ledger.BytesSent);
    }

    [Fact]
    public void Coverage_counts_as_marking_every_byte_would()
    {
        var random = new Random(3);
        var coverage = new Coverage();
        var marks = new int[2000];
        for (var i = 0; i < 300; i++)
        {
            var start = random.Next(marks.Length);
            var end = random.Next(start, Math.Min(marks.Length, start + 200)) + 1;
            coverage.Add(start, Math.Min(end, marks.Length));
            for (var at = start; at < Math.Min(end, marks.Length); at++) marks[at]++;

            Assert.Equal((marks.Sum(), marks.Sum(mark => Math.Max(0, mark - 1)), marks.Count(mark => mark > 0)), ((int)coverage.Served, (int)coverage.ServedTwice, (int)coverage.Distinct));
            Assert.Equal(coverage.Distinct, coverage.Ranges.Sum(range => range.Length));
        }
    }

    [Fact]
    public void What_touches_is_one_run_so_that_long_runs_cost_no_memory()
    {
        var coverage = new Coverage();

        for (var at = 0L; at < 100_000; at++) coverage.Add(at * 1000, (at + 1) * 1000);

        Assert.Equal([new ByteRange(0, 100_000_000)], coverage.Ranges);
    }
}
