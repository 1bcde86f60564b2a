using System.IO.Hashing;
using System.Security.Cryptography;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Digests;
using CivitaiDownloader.Transfer.Journaling;
using CivitaiDownloader.Transfer.Parts;
using CivitaiDownloader.Transfer.Writing;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer;

/// <summary>The digest behind writers that come from several places at once, some of them before this run.</summary>
public sealed class DigestFollowerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly byte[] _content = RandomNumberGenerator.GetBytes(7_654_321);
    private readonly PartialFile _file;
    private readonly FileDigests _digests = new([HashKind.Crc32, HashKind.Blake3, HashKind.AutoV2]);
    private readonly BufferPool _buffers = new(new(), 4);
    private readonly List<ByteRange> _damaged = [];

    public DigestFollowerTests() => _file = PartialFile.Open(_folder["x.part"], "x");

    public void Dispose()
    {
        _digests.Dispose();
        _file.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task The_digest_of_bytes_from_several_writers_is_the_files(int writers)
    {
        var plan = Plan([]);
        using var digest = Follow(plan, []);

        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => Task.Run(() => WriteAsync(digest, plan, writer), TestContext.Current.CancellationToken)));
        digest.Complete(_content.Length);

        Assert.Equal([ContentHash.Sha256(SHA256.HashData(_content)), Blake3(), ContentHash.Parse(HashKind.Crc32, Crc32.HashToUInt32(_content).ToString("X8"))], await digest.Result);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(262_144)]
    [InlineData(5_000_000)]
    [InlineData(7_654_321)]
    public async Task After_a_resume_what_is_there_is_read_back_from_disk(int have)
    {
        _file.Write(_content.AsSpan(0, have), 0);
        var records = Records(0, have);
        var plan = Plan(records);
        using var digest = Follow(plan, records);

        await WriteAsync(digest, plan, 0);
        digest.Complete(_content.Length);

        Assert.Equal(ContentHash.Sha256(SHA256.HashData(_content)), (await digest.Result)[0]);
    }

    [Fact]
    public async Task Records_with_holes_between_them_count_too()
    {
        _file.Write(_content, 0);
        var records = Records(0, _content.Length).Where((_, i) => i % 3 != 1).ToList();
        var plan = Plan(records);
        foreach (var hole in Coverage.Missing(records, _content.Length)) _file.Write(new byte[hole.Length], hole.Start);
        using var digest = Follow(plan, records);

        await Task.WhenAll(Task.Run(() => WriteAsync(digest, plan, 1), TestContext.Current.CancellationToken), Task.Run(() => WriteAsync(digest, plan, 2), TestContext.Current.CancellationToken));
        digest.Complete(_content.Length);

        Assert.Equal(ContentHash.Sha256(SHA256.HashData(_content)), (await digest.Result)[0]);
        Assert.Empty(_damaged);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2_500_000)]
    [InlineData(4_999_999)]
    public async Task What_the_disk_changed_is_named_and_waited_for(int at)
    {
        _file.Write(_content.AsSpan(0, 5_000_000), 0);
        var records = Records(0, 5_000_000);
        _file.Write([(byte)~_content[at]], at);
        var plan = Plan(records);
        using var digest = Follow(plan, records);

        await WriteAsync(digest, plan, 0);
        await Task.WhenAny(plan.UntilMissing(), digest.RecordsChecked).WaitAsync(TestContext.Current.CancellationToken);
        await WriteAsync(digest, plan, 0);
        digest.Complete(_content.Length);

        Assert.Equal(ContentHash.Sha256(SHA256.HashData(_content)), (await digest.Result)[0]);
        Assert.Equal([records.Single(record => record.Range.Start <= at && at < record.Range.End).Range], _damaged);
    }

    [Fact]
    public async Task Buffers_that_lie_behind_a_gap_keep_nobody_from_filling_it()
    {
        var plan = Plan([]);
        using var digest = Follow(plan, []);
        var (gap, ahead) = (plan.Take(1000)!, plan.Take(1_000_000)!);

        await WriteAsync(digest, ahead, DigestFollower.MostInHand, 1000); // every place in hand is taken, and none of them can be hashed
        await WriteAsync(digest, gap, 1, 1000).WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        plan.Release(gap);
        plan.Release(ahead);
        await WriteAsync(digest, plan, 0);
        digest.Complete(_content.Length);

        Assert.Equal(ContentHash.Sha256(SHA256.HashData(_content)), (await digest.Result)[0]);
    }

    [Fact]
    public async Task An_empty_file_has_a_digest_too()
    {
        using var digest = Follow(new(0, [], new(1), TimeProvider.System), []);

        digest.Complete(0);

        Assert.Equal(ContentHash.Sha256(SHA256.HashData([])), (await digest.Result)[0]);
    }

    private PartPlan Plan(List<JournalRecord> records) => new(_content.Length, Coverage.Missing(records, _content.Length), new(16), TimeProvider.System);

    private DigestFollower Follow(PartPlan plan, List<JournalRecord> records) => new(_file, new(records, () => plan.Frontier, range =>
    {
        _damaged.Add(range);
        plan.Forget(range);
    }), _digests, _buffers);

    private async Task WriteAsync(DigestFollower digest, PartPlan plan, int seed)
    {
        var random = new Random(seed);
        while (plan.Take(random.Next(1, 900_000)) is { } part)
        {
            await WriteAsync(digest, part, int.MaxValue, random.Next(1, _buffers.BufferBytes + 1));
            plan.Release(part);
        }
    }

    private async Task WriteAsync(DigestFollower digest, Part part, int buffers, int bytes)
    {
        for (int room; buffers-- > 0 && (room = part.Reserve(bytes)) > 0;)
        {
            var buffer = _buffers.Rent();
            (buffer.Offset, buffer.Count) = (part.Written, room);
            _content.AsSpan((int)part.Written, room).CopyTo(buffer.Memory);
            _file.Write(buffer.Span, part.Written);
            var from = part.Written;
            await digest.TakeAsync(buffer);
            part.Written = from + room;
            digest.Wrote(from);
        }
    }

    private ContentHash Blake3()
    {
        var digest = new Org.BouncyCastle.Crypto.Digests.Blake3Digest(256);
        digest.BlockUpdate(_content, 0, _content.Length);
        var bytes = new byte[32];
        digest.DoFinal(bytes, 0);
        return ContentHash.Parse(HashKind.Blake3, Convert.ToHexString(bytes));
    }

    private List<JournalRecord> Records(int from, int to)
    {
        var records = new List<JournalRecord>();
        for (var at = from; at < to; at += 1_000_000)
        {
            var end = Math.Min(to, at + 1_000_000);
            records.Add(new(new(at, end), XxHash128.HashToUInt128(_content.AsSpan(at, end - at))));
        }

        return records;
    }
}
