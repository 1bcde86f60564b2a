using System.Security.Cryptography;
using CivitaiDownloader.Http;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Sandbox;
using CivitaiDownloader.Sandbox.Faults;
using CivitaiDownloader.Sandbox.Ledger;
using CivitaiDownloader.Sandbox.Samples;
using CivitaiDownloader.Tests.Http;
using CivitaiDownloader.Transfer;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer;

/// <summary>One file from a host that misbehaves in every way, to a verified file or to an error that says why.</summary>
public sealed class FileTransferTests : IAsyncLifetime
{
    private const int Model = SampleIds.Medium;
    private const int FileNumber = Model * 100;

    private readonly TemporaryFolder _folder = new();
    private SandboxHost _sandbox = null!;
    private Outbound _outbound = null!;

    private string Partial => _folder["file.part"];

    private ContentHash Expected => ContentHash.Parse(HashKind.Sha256, _sandbox.Catalogue.File(FileNumber)!.Value.File.Content.Hashes.Sha256);

    private long Length => _sandbox.Catalogue.File(FileNumber)!.Value.File.Content.Length;

    public async ValueTask InitializeAsync()
    {
        _sandbox = await SandboxHost.StartAsync(new() { Models = 0 }, TestContext.Current.CancellationToken);
        _outbound = TestOutbound.To(_sandbox.Api);
    }

    public async ValueTask DisposeAsync()
    {
        _outbound.Dispose();
        await _sandbox.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("cut=5000000*3")]
    [InlineData("cut=1*2")]
    [InlineData("status@storage=503*2")]
    [InlineData("expired*1>10000000", "cut=10000000*1")]
    [InlineData("expired*1")]
    [InlineData("ignore-range")]
    [InlineData("ignore-range*2", "cut=9000000*2")]
    [InlineData("no-length")]
    [InlineData("no-length*3", "cut=7000000*1")]
    [InlineData("wrong-range=7*2")]
    [InlineData("changed*1>20000000", "cut=20000000*1")]
    [InlineData("no-validator", "cut=20000000*2")]
    [InlineData("stall=3000000*1")]
    [InlineData("delay@storage=50")]
    [InlineData("bandwidth=100000000")]
    public async Task It_arrives_whole_whatever_happens_on_the_way(params string[] faults)
    {
        foreach (var fault in faults.Where(fault => fault.Length > 0)) _sandbox.Faults.Add(FaultText.Parse(fault));
        var expectsChange = faults.Any(fault => fault.StartsWith("changed", StringComparison.Ordinal));

        using var file = await RunAsync(expected: expectsChange ? [] : [Expected]);

        Assert.Equal(Length, file.Bytes);
        Assert.Equal(!expectsChange, file.IsVerified);
        Assert.Equal(ContentHash.Sha256(SHA256.HashData(await File.ReadAllBytesAsync(Copy(file), TestContext.Current.CancellationToken))), file.Sha256);
        if (!expectsChange) Assert.Equal(Expected, file.Sha256);
    }

    [Theory]
    [InlineData("wrong-bytes", TransferFault.Damaged)]
    [InlineData("page", TransferFault.NotAFile)]
    [InlineData("encoded@storage", TransferFault.NotAFile)]
    [InlineData("too-short=5000", TransferFault.WrongLength)]
    [InlineData("expired", TransferFault.LinkRefused)]
    [InlineData("status@storage=404", TransferFault.SourceGone)]
    [InlineData("status@storage=410", TransferFault.SourceGone)]
    [InlineData("status@storage=500", TransferFault.SourceFailing)]
    [InlineData("cut=0", TransferFault.WrongLength)]
    [InlineData("wrong-range=7", TransferFault.Unreachable)]
    public async Task What_cannot_be_had_is_told_for_what_it_is(string text, TransferFault fault)
    {
        _sandbox.Faults.Add(FaultText.Parse(text));

        var error = await Assert.ThrowsAsync<TransferException>(() => RunAsync([Expected]));

        Assert.Equal(fault, error.Fault);
        Assert.DoesNotContain("X-Amz-Signature=", error.ToString());
        Assert.False(string.IsNullOrEmpty(error.Hint));
    }

    [Fact]
    public async Task Damaged_bytes_are_deleted_and_the_next_run_fetches_them_anew()
    {
        _sandbox.Faults.Add(FaultText.Parse("wrong-bytes"));
        var error = await Assert.ThrowsAsync<TransferException>(() => RunAsync([Expected]));
        Assert.Contains("fetched a second time", error.Message);
        Assert.InRange(_sandbox.Ledger.Of(FileNumber).Served, Length * 2, (Length * 2) + (8 << 20)); // one full file's worth, and what was on its way to a connection that was relieved
        Assert.Equal((0L, false), (new FileInfo(Partial) is { Exists: true } left ? left.Length : 0L, File.Exists(Partial + ".journal")));
        _sandbox.Faults.Clear();

        using var file = await RunAsync([Expected]);

        Assert.True(file.IsVerified);
    }

    [Fact]
    public async Task Parts_that_were_wrong_when_they_came_are_found_and_put_right()
    {
        _sandbox.Faults.Add(FaultText.Parse("wrong-bytes*2"));

        using var file = await RunAsync([Expected]);

        Assert.True(file.IsVerified);
        Assert.Equal(Expected, ContentHash.Sha256(SHA256.HashData(await File.ReadAllBytesAsync(Copy(file), TestContext.Current.CancellationToken))));
    }

    [Fact]
    public async Task A_file_damaged_on_this_disk_between_two_runs_is_found_and_mended()
    {
        await InterruptAfterAsync(30 << 20);
        await using (var disk = new FileStream(Partial, FileMode.Open, FileAccess.ReadWrite))
        {
            disk.Position = 5_000_000;
            disk.WriteByte((byte)(disk.ReadByte() ^ 0xFF)); // reads one, so the next is changed
        }

        using var file = await RunAsync([Expected]);

        Assert.True(file.IsVerified);
        Assert.InRange(_sandbox.Ledger.Of(FileNumber).ServedTwice, 1, 40 << 20);
    }

    [Fact]
    public async Task Interrupted_at_any_moment_everything_that_was_written_is_taken_up()
    {
        for (var run = 1; run <= 4; run++)
        {
            var present = await InterruptAfterAsync(run * 12_000_000L);

            Assert.Equal(present, FileTransfer.KeptBytes(Partial));
        }

        using var file = await RunAsync([Expected]);
        Assert.True(file.IsVerified);
    }

    [Fact]
    public async Task Without_hash_and_validator_a_second_run_begins_anew()
    {
        await InterruptAfterAsync(20_000_000, [], "no-validator");
        _sandbox.Faults.Add(FaultText.Parse("no-validator"));

        using var file = await RunAsync([]);

        Assert.Equal(Length, file.Bytes);
        Assert.True(_sandbox.Ledger.Of(FileNumber).Served >= Length + 10_000_000);
    }

    [Fact]
    public async Task A_part_cut_off_this_disk_is_fetched_again()
    {
        await InterruptAfterAsync(30 << 20);
        await using (var disk = new FileStream(Partial, FileMode.Open)) disk.SetLength(10_000_000);

        using var file = await RunAsync([Expected]);

        Assert.True(file.IsVerified);
    }

    [Fact]
    public async Task A_file_that_changed_at_its_source_between_two_runs_is_discarded_whole()
    {
        await InterruptAfterAsync(20 << 20);
        _sandbox.Faults.Add(FaultText.Parse("changed*1"));

        using var file = await RunAsync([]);

        Assert.Equal(Length, file.Bytes);
        Assert.NotEqual(Expected, file.Sha256);
        Assert.Equal(ContentHash.Sha256(SHA256.HashData(await File.ReadAllBytesAsync(Copy(file), TestContext.Current.CancellationToken))), file.Sha256);
    }

    [Theory]
    [InlineData("BLAKE3 digits under SHA-256")]
    [InlineData("SHA-256 digits under BLAKE3")]
    public async Task A_right_digest_under_the_wrong_kind_proves_nothing(string which)
    {
        var hashes = _sandbox.Catalogue.File(FileNumber)!.Value.File.Content.Hashes;
        var wrong = which.StartsWith("BLAKE3", StringComparison.Ordinal) ? ContentHash.Parse(HashKind.Sha256, hashes.Blake3!) : ContentHash.Parse(HashKind.Blake3, hashes.Sha256);

        Assert.Equal(TransferFault.Damaged, (await Assert.ThrowsAsync<TransferException>(() => RunAsync([wrong]))).Fault);
    }

    [Fact]
    public async Task BLAKE3_proves_where_there_is_no_SHA256_and_labels_prove_nothing()
    {
        var hashes = _sandbox.Catalogue.File(FileNumber)!.Value.File.Content.Hashes;

        using (var proved = await RunAsync([ContentHash.Parse(HashKind.Blake3, hashes.Blake3!)])) Assert.True(proved.IsVerified);
        using (var label = await RunAsync([ContentHash.Parse(HashKind.AutoV2, hashes.AutoV2), ContentHash.Parse(HashKind.Crc32, "00000000")])) Assert.False(label.IsVerified);
    }

    [Fact]
    public async Task The_storage_host_sees_no_credential_in_any_request_of_a_resumed_transfer()
    {
        using var signedIn = TestOutbound.To(_sandbox.Api, key: SandboxOptions.DefaultKey);
        _sandbox.Faults.Add(FaultText.Parse("cut=10000000*2"));

        using var file = await RunAsync([Expected], signedIn);

        var storage = _sandbox.Ledger.Requests.Where(request => request.Site == SandboxSite.Storage).ToArray();
        Assert.InRange(storage.Length, 4, 60);
        Assert.All(storage, request => Assert.True(request is { Authorization: null, Cookie: null } && !request.Query.Contains("token", StringComparison.Ordinal)));
        Assert.All(storage.Skip(1), request => Assert.NotNull(request.IfRange));
        Assert.Equal("bytes=0-16777215", storage[0].Range);
    }

    [Fact]
    public async Task A_body_of_unknown_size_cut_behind_its_last_byte_is_whole_when_the_rest_is_refused()
    {
        var content = SHA256.HashData("whole"u8);
        await using var host = await LocalHost.StartAsync(async context =>
        {
            var first = context.Request.Headers.Range.ToString()["bytes=".Length..].Split('-')[0];
            context.Response.StatusCode = first == "32" ? 416 : 206;
            context.Response.Headers.ContentRange = first == "32" ? "bytes */32" : context.Request.Headers.Range == "bytes=0-0" ? "bytes 0-0/*" : $"bytes {first}-31/*";
            if (first == "32") return;
            await context.Response.Body.WriteAsync(content.AsMemory(0, context.Request.Headers.Range == "bytes=0-0" ? 1 : 32));
            if (context.Request.Headers.Range == "bytes=0-0") return;
            await context.Response.Body.FlushAsync();
            throw new IOException("cut"); // the end of the chunked body is never marked
        });
        using var outbound = TestOutbound.To(host.Address);

        using var file = await RunAsync([ContentHash.Sha256(SHA256.HashData(content))], outbound, origin: new FixedLink(host.Address));

        Assert.Equal((32, true), (file.Bytes, file.IsVerified));
        Assert.Contains(host.Requests, asked => asked.Headers["Range"].StartsWith("bytes=32-", StringComparison.Ordinal));
    }

    /// <returns>Bytes that had arrived.</returns>
    private async Task<long> InterruptAfterAsync(long bytes, IReadOnlyList<ContentHash>? expected = null, params string[] faults)
    {
        using var interrupt = new CancellationTokenSource();
        foreach (var fault in faults.Append("bandwidth=200000000")) _sandbox.Faults.Add(FaultText.Parse(fault));
        var meter = new TransferMeter(TimeProvider.System);
        var running = RunAsync(expected ?? [Expected], cancellationToken: interrupt.Token, meter: meter);
        using var ticks = new PeriodicTimer(TimeSpan.FromMilliseconds(2));
        while (_sandbox.Ledger.Of(FileNumber).Served < bytes) await ticks.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        await interrupt.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        _sandbox.Faults.Clear();
        return meter.Read().Present;
    }

    private async Task<StagedFile> RunAsync(
        IReadOnlyList<ContentHash> expected, Outbound? outbound = null, CancellationToken? cancellationToken = null, IOrigin? origin = null, TransferMeter? meter = null)
    {
        var transfer = TestTransfer.Over(outbound ?? _outbound, options => options.StallTimeout = TimeSpan.FromSeconds(1));
        var request = new TransferRequest(origin ?? new Origin(outbound ?? _outbound, _sandbox.Api), "file", Partial) { Expected = expected, EstimatedBytes = Length };
        return await transfer.RunAsync(request, meter ?? new TransferMeter(TimeProvider.System), cancellationToken ?? TestContext.Current.CancellationToken);
    }

    // The lock on the partial file keeps other handles out; its bytes are read through its own.
    private string Copy(StagedFile file)
    {
        var path = _folder["copy"];
        using var copy = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        var buffer = new byte[1 << 20];
        for (var at = 0L; at < file.Bytes;)
        {
            var read = RandomAccess.Read(file.Handle, buffer, at);
            RandomAccess.Write(copy, buffer.AsSpan(0, read), at);
            at += read;
        }

        return path;
    }

    private sealed class Origin(Outbound outbound, Uri api) : IOrigin
    {
        public async ValueTask<Uri> GetLinkAsync(LinkNeed need, CancellationToken cancellationToken)
        {
            await using var answer = await outbound.SendAsync(new(new(api, $"api/download/models/{Model}0?fileId={FileNumber}")) { SignIn = SignIn.WhenAllowed, Redirects = Redirects.Return }, cancellationToken);
            return answer.Location!;
        }
    }
}
