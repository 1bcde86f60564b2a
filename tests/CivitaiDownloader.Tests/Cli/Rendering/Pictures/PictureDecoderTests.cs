using System.Buffers.Binary;
using System.IO.Compression;
using CivitaiDownloader.Cli.Rendering.Pictures;
using Xunit;

namespace CivitaiDownloader.Tests.Cli.Rendering.Pictures;

public sealed class PictureDecoderTests
{
    private const int Frame = 0xC0, ProgressiveFrame = 0xC2, Scan = 0xDA;

    [Theory]
    [InlineData("Baseline")]
    [InlineData("Progressive")]
    public void A_JPEG_becomes_its_points(string kind)
    {
        var pixels = Decode(kind == "Baseline" ? SamplePictures.Baseline : SamplePictures.Progressive);

        Assert.Equal((48, 32), (pixels.Width, pixels.Height));
        foreach (var (x, y) in new[] { (0, 0), (47, 0), (0, 31), (47, 31), (24, 16) })
        {
            var point = pixels.Rgb.AsSpan(((y * 48) + x) * 3, 3).ToArray();
            Assert.InRange(point[0], (x * 255 / 47) - 24, (x * 255 / 47) + 24);
            Assert.InRange(point[1], (y * 255 / 31) - 24, (y * 255 / 31) + 24);
            Assert.InRange(point[2], 128 - 30, 128 + 30);
        }
    }

    [Fact]
    public void A_grey_JPEG_has_its_grey_in_every_colour()
    {
        var pixels = Decode(SamplePictures.Grey);

        Assert.All(Enumerable.Range(0, 48), x => Assert.InRange(pixels.Rgb[x * 3], Math.Max(0, (x * 5) - 8), (x * 5) + 8));
        Assert.All(pixels.Rgb.Chunk(3), point => Assert.True(point[0] == point[1] && point[1] == point[2]));
    }

    [Theory]
    [InlineData(0, new byte[] { 7 }, new byte[] { 7, 7, 7 })]
    [InlineData(2, new byte[] { 1, 2, 3 }, new byte[] { 1, 2, 3 })]
    [InlineData(3, new byte[] { 1 }, new byte[] { 40, 50, 60 })]
    [InlineData(4, new byte[] { 100, 51 }, new byte[] { 20, 20, 20 })]
    [InlineData(6, new byte[] { 100, 200, 50, 51 }, new byte[] { 20, 40, 10 })]
    public void A_PNG_of_each_kind_becomes_its_points(byte kind, byte[] point, byte[] expected)
    {
        var pixels = Decode(Png(2, 1, kind, [0, .. point, .. point]));

        Assert.Equal([.. expected, .. expected], pixels.Rgb);
    }

    [Fact]
    public void Each_filter_of_a_PNG_is_undone()
    {
        byte[] rows = [0, 10, 20, 30, 40, 1, 10, 1, 1, 1, 2, 5, 5, 5, 5, 3, 10, 0, 0, 0, 4, 1, 1, 1, 1];

        Assert.Equal([10, 20, 30, 40, 10, 11, 12, 13, 15, 16, 17, 18, 17, 16, 16, 17, 18, 18, 19, 20], Decode(Png(4, 5, 0, rows)).Rgb.Chunk(3).Select(point => point[0]));
    }

    [Fact]
    public void A_size_is_refused_before_anything_is_made_for_it()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        foreach (var (width, height) in new[] { (65_500, 65_500), (4_096, 4_096), (1, 65_000), (0, 10) })
        {
            var jpeg = Assert.Throws<PictureException>(() => Decode(Sized(SamplePictures.Baseline, Frame, width, height)));
            Assert.Throws<PictureException>(() => Decode(Png(width, height, 2, [0])));
            if (width > 0) Assert.Contains($"{width}×{height}", jpeg.Message);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
        Assert.Contains("4 MiB", Assert.Throws<PictureException>(() => Decode(new byte[PictureDecoder.MostBytes + 1])).Message);
    }

    [Fact]
    public void What_unpacks_to_more_than_it_announced_is_not_unpacked()
    {
        var bomb = Png(1, 1, 0, new byte[200 << 20]);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal((1, 1), (Decode(bomb).Width, Decode(bomb).Height));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20 << 20); // the packed bytes, not the 200 MiB
    }

    [Fact]
    public void Passes_without_end_over_a_large_picture_end_in_time()
    {
        var jpeg = Sized(SamplePictures.Progressive, ProgressiveFrame, 2_000, 2_000);
        var scan = jpeg.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, Scan]);
        var file = new MemoryStream();
        file.Write(jpeg.AsSpan(0, scan));
        while (file.Length < PictureDecoder.MostBytes - 10_000) file.Write(jpeg.AsSpan(scan, jpeg.Length - scan - 2));
        var start = TimeProvider.System.GetTimestamp();

        Assert.Throws<PictureException>(() => Decode(file.ToArray()));

        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(20)); // 2 s, on any machine
    }

    [Fact]
    public void Broken_pictures_are_skipped_and_nothing_else_happens()
    {
        const int seed = 20261125;
        var random = new Random(seed);
        byte[][] whole = [SamplePictures.Baseline, SamplePictures.Progressive, SamplePictures.Grey, Png(20, 20, 3, new byte[20 * 21]), Png(20, 20, 6, new byte[20 * 81])];
        foreach (var picture in whole)
        {
            for (var length = 0; length < picture.Length; length++) Try(picture[..length], $"cut at {length}");
            for (var round = 0; round < 2_000; round++)
            {
                var spoilt = picture.ToArray();
                for (var at = random.Next(1, 6); at > 0; at--) spoilt[random.Next(spoilt.Length)] = (byte)random.Next(256);
                Try(spoilt, $"seed {seed}, round {round}");
            }
        }

        static void Try(byte[] bytes, string which)
        {
            try
            {
                var pixels = Decode(bytes);
                Assert.Equal(pixels.Width * pixels.Height * 3, pixels.Rgb.Length);
            }
            catch (PictureException)
            {
                // as it should be
            }
            catch (Exception other) when (other is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"{which}: {other}");
            }
        }
    }

    [Fact]
    public void A_picture_is_made_smaller_by_the_mean_of_its_points()
    {
        var pixels = new Pixels(4, 2, [.. Enumerable.Repeat<byte>(10, 6), .. Enumerable.Repeat<byte>(200, 6), .. Enumerable.Repeat<byte>(30, 6), .. Enumerable.Repeat<byte>(100, 6)]);

        var small = pixels.Within(2, 100);

        Assert.Equal((2, 1), (small.Width, small.Height));
        Assert.Equal([20, 20, 20, 150, 150, 150], small.Rgb);
        Assert.Same(pixels, pixels.Within(4, 2));
    }

    private static Pixels Decode(byte[] bytes) => PictureDecoder.Decode(bytes, TimeProvider.System);

    // The frame's height and width stand behind its marker, length and precision.
    private static byte[] Sized(byte[] jpeg, int marker, int width, int height)
    {
        var sized = jpeg.ToArray();
        var frame = sized.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, (byte)marker]);
        BinaryPrimitives.WriteUInt16BigEndian(sized.AsSpan(frame + 5), (ushort)height);
        BinaryPrimitives.WriteUInt16BigEndian(sized.AsSpan(frame + 7), (ushort)width);
        return sized;
    }

    private static byte[] Png(int width, int height, byte kind, byte[] rows)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest, leaveOpen: true)) zlib.Write(rows);
        using var file = new MemoryStream();
        file.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (8, kind);
        Block("IHDR"u8, header);
        Block("PLTE"u8, [0, 0, 0, 40, 50, 60]);
        Block("IDAT"u8, packed.ToArray());
        Block("IEND"u8, []);
        return file.ToArray();

        void Block(ReadOnlySpan<byte> name, ReadOnlySpan<byte> data)
        {
            Span<byte> length = stackalloc byte[4];
            BinaryPrimitives.WriteInt32BigEndian(length, data.Length);
            file.Write(length);
            file.Write(name);
            file.Write(data);
            file.Write([0, 0, 0, 0]);
        }
    }
}
