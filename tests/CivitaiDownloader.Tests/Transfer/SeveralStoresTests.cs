using System.Security.Cryptography;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Tests.Http;
using CivitaiDownloader.Transfer;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer;

/// <summary>Links of one file that lead to different hosts, and files that their publisher replaces.</summary>
public sealed class SeveralStoresTests
{
    private readonly byte[] _content = RandomNumberGenerator.GetBytes(40 << 20);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Another_store_with_another_tag_goes_on_where_the_first_was_only_when_a_hash_decides(bool isProvable)
    {
        var refuse = 0;
        await using var one = await StoreAsync("\"one\"", _content, () => Volatile.Read(ref refuse) > 0, sent =>
        {
            if (sent > 10 << 20) Volatile.Write(ref refuse, 1);
        });
        await using var other = await StoreAsync("\"other\"", _content, () => false);
        var links = new Links(one.Address, other.Address);
        var meter = new TransferMeter(TimeProvider.System);
        using var folder = new TemporaryFolder();
        using var file = await RunAsync(folder, one, links, isProvable ? [ContentHash.Sha256(SHA256.HashData(_content))] : [], meter);

        Assert.Equal(ContentHash.Sha256(SHA256.HashData(_content)), file.Sha256);
        Assert.Equal(isProvable, file.IsVerified);
        if (isProvable) Assert.InRange(meter.Read().Fetched, _content.Length, _content.Length);
        else Assert.Contains(other.Requests, asked => asked.Headers.GetValueOrDefault("Range") == "bytes=0-16777215"); // begun anew, not mixed
    }

    [Fact]
    public async Task A_file_that_has_the_hash_announced_now_is_the_new_one()
    {
        await using var store = await StoreAsync("\"new\"", _content, () => false);
        var now = ContentHash.Sha256(SHA256.HashData(_content));
        using var folder = new TemporaryFolder();

        using var file = await RunAsync(folder, store, new Links(store.Address) { Announced = [now] }, [ContentHash.Sha256(new byte[32])]);

        Assert.Equal(now, file.ProvedBy);
    }

    [Fact]
    public async Task A_file_that_was_replaced_by_yet_another_is_told_as_that()
    {
        await using var store = await StoreAsync("\"new\"", _content, () => false);
        using var folder = new TemporaryFolder();

        var error = await Assert.ThrowsAsync<TransferException>(
            () => RunAsync(folder, store, new Links(store.Address) { Announced = [ContentHash.Sha256(Enumerable.Repeat((byte)7, 32).ToArray())] }, [ContentHash.Sha256(new byte[32])]));

        Assert.Equal(TransferFault.SourceChanged, error.Fault);
        Assert.Contains("replaced by its creator", error.Message);
    }

    private static Task<LocalHost> StoreAsync(string tag, byte[] content, Func<bool> refuses, Action<long>? told = null)
    {
        var sent = 0L;
        return LocalHost.StartAsync(async context =>
        {
            if (refuses())
            {
                context.Response.StatusCode = 403;
                return;
            }

            var range = context.Request.Headers.Range.ToString()["bytes=".Length..].Split('-');
            var (start, end) = (int.Parse(range[0]), Math.Min(int.Parse(range[1]) + 1, content.Length));
            var isOther = context.Request.Headers.IfRange is [{ } asked] && asked != tag;
            if (isOther) (start, end) = (0, content.Length);
            context.Response.StatusCode = isOther ? 200 : 206;
            context.Response.Headers.ETag = tag;
            context.Response.ContentType = "application/octet-stream";
            if (!isOther) context.Response.Headers.ContentRange = $"bytes {start}-{end - 1}/{content.Length}";
            context.Response.ContentLength = end - start;
            for (var at = start; at < end; at += 1 << 18)
            {
                if (refuses()) context.Abort();
                await context.Response.Body.WriteAsync(content.AsMemory(at, Math.Min(1 << 18, end - at)), context.RequestAborted);
                told?.Invoke(Interlocked.Add(ref sent, 1 << 18));
            }
        });
    }

    private static async Task<StagedFile> RunAsync(TemporaryFolder folder, LocalHost host, IOrigin origin, IReadOnlyList<ContentHash> expected, TransferMeter? meter = null)
    {
        using var outbound = TestOutbound.To(host.Address);
        return await TestTransfer.Over(outbound).RunAsync(new(origin, "file", folder["file.part"]) { Expected = expected }, meter ?? new(TimeProvider.System), TestContext.Current.CancellationToken);
    }

    /// <summary>The first link, and the next one when that is refused.</summary>
    private sealed class Links(params Uri[] links) : IOrigin
    {
        private int _next;

        public IReadOnlyList<ContentHash>? Announced { get; init; }

        public ValueTask<Uri> GetLinkAsync(LinkNeed need, CancellationToken cancellationToken) => ValueTask.FromResult(links[Math.Min(links.Length - 1, _next++)]);

        public ValueTask<IReadOnlyList<ContentHash>?> GetHashesAsync(CancellationToken cancellationToken) => ValueTask.FromResult(Announced);
    }
}
