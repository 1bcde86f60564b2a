using System.Diagnostics;
using System.Security.Cryptography;
using CivitaiDownloader.Scanning.Antivirus;
using CivitaiDownloader.Scanning.Content;
using Xunit;

namespace CivitaiDownloader.Tests.Scanning.Antivirus;

public sealed class ClamdClientTests
{
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(60), Impatient = TimeSpan.FromMilliseconds(300);

    [Theory]
    [InlineData(1, false)]
    [InlineData(256 << 10, false)]
    [InlineData((3 << 20) + 17, false)]
    [InlineData((3 << 20) + 17, true)]
    public async Task Every_byte_of_a_file_arrives_in_its_order(int length, bool overTcp)
    {
        await using var clamd = new FakeClamd(overTcp);
        var bytes = RandomNumberGenerator.GetBytes(length);

        var answer = await ScanAsync(clamd, Patient, bytes);

        Assert.IsType<ClamdAnswer.Nothing>(answer);
        Assert.Equal(bytes, Assert.Single(clamd.Streams));
    }

    [Theory]
    [InlineData("stream: Win.Test.EICAR_HDB-1 FOUND\0", "Found { Signature = Win.Test.EICAR_HDB-1 }")]
    [InlineData("stream: a FOUND FOUND\0", "Found { Signature = a FOUND }")]
    [InlineData("stream: Heuristics.Limits.Exceeded.MaxFileSize FOUND\0", "NotScanned { Reason = clamd reached a limit of its own, Heuristics.Limits.Exceeded.MaxFileSize }")]
    [InlineData("INSTREAM size limit exceeded. ERROR\0", "NotScanned { Reason = the file is larger than clamd's StreamMaxLength }")]
    [InlineData("stream: Can't allocate memory ERROR\0", "NotScanned { Reason = clamd answered 'stream: Can't allocate memory ERROR' }")]
    public async Task What_clamd_says_is_understood(string said, string expected)
    {
        await using var clamd = new FakeClamd { Answers = _ => said };

        Assert.Equal(expected, (await ScanAsync(clamd, Patient, [1])).ToString());
    }

    [Theory]
    [InlineData("\0")]
    [InlineData("OK\0")]
    [InlineData("stream: OK \0")]
    [InlineData("stream: ok\0")]
    [InlineData("stream:  FOUND\0")]
    [InlineData("stream: FOUND\0")]
    [InlineData("stream: OK\0stream: OK\0")]
    [InlineData("UNKNOWN COMMAND\0")]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n\0")]
    public async Task What_clamd_never_says_is_no_answer(string said)
    {
        await using var clamd = new FakeClamd { Answers = _ => said };

        Assert.Equal(ClamdFault.Nonsense, (await FailsAsync(clamd, Patient)).Fault);
    }

    [Fact]
    public async Task An_answer_without_end_is_not_read_to_its_end()
    {
        await using var clamd = new FakeClamd { Answers = _ => new string('x', 10 << 20) };

        var failed = await FailsAsync(clamd, Patient);

        Assert.Equal(ClamdFault.Nonsense, failed.Fault);
        Assert.True(failed.Message.Length < 400, failed.Message);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("stream: OK")]
    public async Task A_connection_that_ends_before_the_answer_does_is_no_answer(string? said)
    {
        await using var clamd = new FakeClamd { Answers = _ => said };

        Assert.Equal(ClamdFault.Closed, (await FailsAsync(clamd, Patient)).Fault);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task One_that_has_had_enough_in_the_middle_is_heard(bool overTcp)
    {
        await using var clamd = new FakeClamd(overTcp) { Breaks = (1 << 20, "INSTREAM size limit exceeded. ERROR\0") };

        Assert.IsType<ClamdAnswer.NotScanned>(await ScanAsync(clamd, Patient, new byte[64 << 20]));
    }

    [Theory]
    [InlineData("stream: OK\0", ClamdFault.Nonsense)]
    [InlineData("", ClamdFault.Closed)]
    public async Task A_verdict_on_bytes_it_has_not_seen_does_not_count(string said, ClamdFault fault)
    {
        await using var clamd = new FakeClamd { Breaks = (1 << 20, said) };

        Assert.Equal(fault, (await FailsAsync(clamd, Patient, new byte[64 << 20])).Fault);
    }

    [Fact]
    public async Task One_that_is_silent_is_given_up_and_its_time_is_told()
    {
        await using var clamd = new FakeClamd { Hangs = true };

        var failed = await FailsAsync(clamd, Impatient, new byte[64 << 20]);

        Assert.Equal((ClamdFault.Silent, true), (failed.Fault, failed.IsTransient));
        Assert.Contains("was silent for 0.3 s", failed.Message);
    }

    [Fact]
    public async Task A_cancelled_scan_ends_at_once_whatever_clamd_does()
    {
        await using var clamd = new FakeClamd { Hangs = true };
        using var cancelling = new CancellationTokenSource();
        var scan = new ClamdClient(clamd.Address, Patient, TimeProvider.System).ScanAsync(new MemorySource(new byte[64 << 20]), cancelling.Token);
        while (clamd.Connections == 0) await Task.Yield();

        var watch = Stopwatch.StartNew();
        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => scan);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"{watch.Elapsed}");
    }

    [Theory]
    [InlineData("unix:/no/such/clamd.ctl")]
    [InlineData("tcp://127.0.0.1:1")]
    [InlineData("tcp://no-such-host.invalid:3310")]
    public async Task Where_nobody_listens_that_is_said_with_what_to_do(string text)
    {
        Assert.True(ClamdAddress.TryParse(text, out var address, out _));

        var failed = await Assert.ThrowsAsync<ClamdException>(() => new ClamdClient(address!, Patient, TimeProvider.System).AskAsync("PING", TestContext.Current.CancellationToken));

        Assert.Equal(ClamdFault.Unreachable, failed.Fault);
        Assert.Contains($"clamd at {text} cannot be reached: ", failed.Message);
        Assert.Contains("Scan:Clamd", failed.Hint);
    }

    [Fact]
    public async Task Bytes_that_cannot_be_had_are_no_fault_of_clamd()
    {
        await using var clamd = new FakeClamd();

        await Assert.ThrowsAsync<SourceUnavailableException>(() => new ClamdClient(clamd.Address, Patient, TimeProvider.System).ScanAsync(new BrokenSource(), TestContext.Current.CancellationToken));
    }

    private static Task<ClamdAnswer> ScanAsync(FakeClamd clamd, TimeSpan silence, byte[] bytes) =>
        new ClamdClient(clamd.Address, silence, TimeProvider.System).ScanAsync(new MemorySource(bytes), TestContext.Current.CancellationToken);

    private static Task<ClamdException> FailsAsync(FakeClamd clamd, TimeSpan silence, byte[]? bytes = null) =>
        Assert.ThrowsAsync<ClamdException>(() => ScanAsync(clamd, silence, bytes ?? [1]));

    private sealed class BrokenSource : ScanSource
    {
        public override long Length => 1 << 20;

        public override int Read(long offset, Span<byte> destination) => throw new SourceUnavailableException("the disk is gone");
    }
}
