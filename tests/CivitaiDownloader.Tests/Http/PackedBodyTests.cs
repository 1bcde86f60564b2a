using System.IO.Compression;
using System.Security.Cryptography;
using CivitaiDownloader.Http;
using Xunit;

namespace CivitaiDownloader.Tests.Http;

public sealed class PackedBodyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3071)]
    [InlineData(3072)]
    [InlineData(3073)]
    [InlineData(100_000)]
    public void Any_zlib_reads_it(int bytes)
    {
        foreach (var body in (byte[][])[RandomNumberGenerator.GetBytes(bytes), [.. Enumerable.Repeat((byte)255, bytes)]])
        {
            var packed = PackedBody.Pack(body);

            using var unpacked = new MemoryStream();
            using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
            zlib.CopyTo(unpacked);
            Assert.Equal(body, unpacked.ToArray());
            Assert.Equal(body, PackedBody.Unpack(packed));
        }
    }

    [Fact]
    public void What_was_changed_on_disk_is_as_good_as_none()
    {
        var packed = PackedBody.Pack("{\"a\":1}"u8.ToArray());

        packed[9] ^= 1;

        Assert.Null(PackedBody.Unpack(packed));
    }
}
