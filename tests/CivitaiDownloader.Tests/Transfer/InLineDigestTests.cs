using System.Security.Cryptography;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Digests;
using CivitaiDownloader.Transfer.Writing;
using Xunit;

namespace CivitaiDownloader.Tests.Transfer;

public sealed class InLineDigestTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PartialFile _file;
    private readonly FileDigests _digests = new([]);
    private readonly BufferPool _buffers = BufferPool.ForSmallFile(new());

    public InLineDigestTests() => _file = PartialFile.Open(_folder["x.part"], "x");

    public void Dispose()
    {
        _file.Dispose();
        _digests.Dispose();
        _buffers.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(new[] { 0, 1, 2, 3 })]
    [InlineData(new[] { 3, 2, 1, 0 })]
    [InlineData(new[] { 1, 0, 2, 3 })]
    [InlineData(new[] { 0, 0, 1, 3, 2 })]
    public async Task Whatever_the_order_of_bytes_the_digest_is_the_files(int[] order)
    {
        var content = RandomNumberGenerator.GetBytes((3 * _buffers.BufferBytes) + 1234);
        using var digest = new InLineDigest(_file, _digests, _buffers);

        foreach (var place in order)
        {
            var buffer = _buffers.Rent();
            (buffer.Offset, buffer.Count) = (place * _buffers.BufferBytes, Math.Min(_buffers.BufferBytes, content.Length - (place * _buffers.BufferBytes)));
            content.AsSpan((int)buffer.Offset, buffer.Count).CopyTo(buffer.Memory);
            _file.Write(buffer.Span, buffer.Offset);
            await digest.TakeAsync(buffer);
        }

        digest.Complete(content.Length);

        Assert.Equal([ContentHash.Sha256(SHA256.HashData(content))], await digest.Result);
    }

    [Fact]
    public async Task A_file_shorter_than_what_was_written_is_an_error()
    {
        using var digest = new InLineDigest(_file, _digests, _buffers);

        digest.Complete(10);

        await Assert.ThrowsAsync<IOException>(() => digest.Result);
    }
}
