using System.Buffers.Binary;
using System.IO.Compression;

namespace CivitaiDownloader.Cli.Rendering.Pictures;

/// <summary>
/// PNG of eight bits, not interlaced: what cameras and generators write. What is transparent lies on black. The framework unpacks it, row by row and never
/// more than the header announced.
/// </summary>
internal static class PngPicture
{
    private const int Grey = 0, Colours = 2, Palette = 3, GreyAlpha = 4, ColoursAlpha = 6;

    public static Pixels Read(ReadOnlyMemory<byte> picture)
    {
        var header = default(Header);
        ReadOnlySpan<byte> palette = [];
        using var packed = new MemoryStream();
        for (var rest = picture.Span[8..]; ;)
        {
            var (kind, data) = Next(ref rest);
            if (kind.SequenceEqual("IHDR"u8)) header = Header.Of(data);
            else if (kind.SequenceEqual("PLTE"u8)) palette = data;
            else if (kind.SequenceEqual("IDAT"u8)) packed.Write(data);
            else if (kind.SequenceEqual("IEND"u8)) break;
        }

        packed.Position = 0;
        return Unpack(header, palette, packed);
    }

    private static (byte[] Kind, byte[] Data) Next(ref ReadOnlySpan<byte> rest)
    {
        var length = BinaryPrimitives.ReadInt32BigEndian(rest);
        var (kind, data) = (rest.Slice(4, 4).ToArray(), rest.Slice(8, length).ToArray());
        rest = rest[(8 + length + 4)..]; // and a checksum, which the one of the contents makes needless
        return (kind, data);
    }

    private static Pixels Unpack(Header header, ReadOnlySpan<byte> palette, Stream packed)
    {
        PictureDecoder.CheckSize(header.Width, header.Height);
        var size = header.BytesOfAPoint;
        var (row, above) = (new byte[header.Width * size], new byte[header.Width * size]);
        var rgb = new byte[header.Width * header.Height * 3];
        Span<byte> filter = stackalloc byte[1];
        using var plain = new ZLibStream(packed, CompressionMode.Decompress);
        for (var y = 0; y < header.Height; y++)
        {
            plain.ReadExactly(filter);
            plain.ReadExactly(row);
            Undo(filter[0], row, above, size);
            for (var x = 0; x < header.Width; x++) Point(header.Kind, row.AsSpan(x * size, size), palette, rgb.AsSpan(((y * header.Width) + x) * 3, 3));
            (row, above) = (above, row);
        }

        return new(header.Width, header.Height, rgb);
    }

    // PNG, section 9: each row is told as the difference from what is left of it and above it.
    private static void Undo(byte filter, Span<byte> row, ReadOnlySpan<byte> above, int size)
    {
        for (var at = 0; at < row.Length; at++)
        {
            var (left, corner) = at < size ? (0, 0) : (row[at - size], above[at - size]);
            row[at] += filter switch
            {
                0 => 0,
                1 => (byte)left,
                2 => above[at],
                3 => (byte)((left + above[at]) / 2),
                4 => (byte)Nearest(left, above[at], corner),
                _ => throw new InvalidDataException(),
            };
        }
    }

    private static int Nearest(int left, int above, int corner)
    {
        var (toLeft, toAbove, toCorner) = (Math.Abs(above - corner), Math.Abs(left - corner), Math.Abs(left + above - (2 * corner)));
        return toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner;
    }

    private static void Point(int kind, ReadOnlySpan<byte> point, ReadOnlySpan<byte> palette, Span<byte> into)
    {
        var alpha = kind switch { GreyAlpha => point[1], ColoursAlpha => point[3], _ => byte.MaxValue };
        var colours = kind switch { Palette => palette.Slice(point[0] * 3, 3), Colours or ColoursAlpha => point[..3], _ => [] };
        if (colours.IsEmpty) into.Fill(point[0]);
        else colours.CopyTo(into);
        for (var at = 0; alpha != byte.MaxValue && at < 3; at++) into[at] = (byte)(into[at] * alpha / byte.MaxValue);
    }

    private readonly record struct Header(int Width, int Height, int Kind)
    {
        public int BytesOfAPoint => Kind switch { Grey or Palette => 1, GreyAlpha => 2, Colours => 3, _ => 4 };

        public static Header Of(ReadOnlySpan<byte> data)
        {
            var (bits, kind, interlace) = (data[8], data[9], data[12]);
            if (bits != 8 || kind is not (Grey or Colours or Palette or GreyAlpha or ColoursAlpha) || interlace != 0) throw new PictureException("it is a kind of PNG that is not read here");
            return new(BinaryPrimitives.ReadInt32BigEndian(data), BinaryPrimitives.ReadInt32BigEndian(data[4..]), kind);
        }
    }
}
