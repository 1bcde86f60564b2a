using System.IO.Hashing;
using System.Security.Cryptography;
using CivitaiDownloader.Transfer.Digests;
using CivitaiDownloader.Transfer.Journaling;
using CivitaiDownloader.Transfer.Writing;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer;

public sealed class DigestFollowerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("digest").FullName;
    private readonly byte[] _content = RandomNumberGenerator.GetBytes(7_654_321);
    private readonly PartialFile _file;

    public DigestFollowerTests() => _file = PartialFile.Open(Path.Combine(_folder, "x.part"), "x");

    public void Dispose()
    {
        _file.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_digest_of_bytes_in_order_is_the_files()
    {
        using var digest = new DigestFollower(_file, []);

        await WriteAsync(digest, 0);
        digest.Complete(_content.Length);

        Assert.Equal(SHA256.HashData(_content), await digest.Result);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(262_144)]
    [InlineData(5_000_000)]
    [InlineData(7_654_321)]
    public async Task After_a_resume_the_prefix_is_read_back_from_disk(int have)
    {
        _file.Write(_content.AsSpan(0, have), 0);
        using var digest = new DigestFollower(_file, Records(have));

        await WriteAsync(digest, have);
        digest.Complete(_content.Length);

        Assert.Equal(SHA256.HashData(_content), await digest.Result);
    }

    [Fact]
    public async Task A_prefix_that_the_disk_changed_is_found_and_named()
    {
        _file.Write(_content.AsSpan(0, 5_000_000), 0);
        var records = Records(5_000_000);
        _file.Write([(byte)~_content[2_500_000]], 2_500_000);
        using var digest = new DigestFollower(_file, records);

        var damage = await Assert.ThrowsAsync<PrefixDamagedException>(() => digest.Result);

        Assert.Equal(records.Single(r => r.Range.Start <= 2_500_000 && 2_500_000 < r.Range.End).Range, damage.Range);
    }

    [Fact]
    public async Task A_prefix_longer_than_the_file_is_damage()
    {
        _file.Write(_content.AsSpan(0, 1_000), 0);
        using var digest = new DigestFollower(_file, [new(new(0, 2_000), 0)]);

        await Assert.ThrowsAsync<PrefixDamagedException>(() => digest.Result);
    }

    [Fact]
    public async Task An_empty_file_has_a_digest_too()
    {
        using var digest = new DigestFollower(_file, []);

        digest.Complete(0);

        Assert.Equal(SHA256.HashData([]), await digest.Result);
    }

    private async Task WriteAsync(DigestFollower digest, int from)
    {
        var random = new Random(7);
        for (var at = from; at < _content.Length;)
        {
            var buffer = await digest.RentAsync(TestContext.Current.CancellationToken);
            buffer.Offset = at;
            buffer.Count = Math.Min(random.Next(1, FilledBuffer.Bytes + 1), _content.Length - at);
            _content.AsSpan(at, buffer.Count).CopyTo(buffer.Memory);
            _file.Write(buffer.Span, at);
            at += buffer.Count;
            digest.Publish(buffer);
        }
    }

    private List<JournalRecord> Records(int have)
    {
        var records = new List<JournalRecord>();
        for (var at = 0; at < have; at += 1_000_000)
        {
            var end = Math.Min(have, at + 1_000_000);
            records.Add(new(new(at, end), XxHash128.HashToUInt128(_content.AsSpan(at, end - at))));
        }

        return records;
    }
}
