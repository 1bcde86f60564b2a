using System.Buffers.Binary;
using System.IO.Compression;

namespace CivitaiDownloader.Http;

/// <summary>Bodies as they are kept: zlib (RFC 1950).</summary>
internal static class PackedBody
{
    // Below a page of the database compression saves no room there, and a compressor is a quarter of a MiB to set up.
    private const int MostStored = 3 * 1024;

    private static readonly Lock OneAtATime = new(); // many compressors at once would be most of the program's memory

    public static byte[] Pack(byte[] body)
    {
        if (body.Length <= MostStored) return Store(body);
        lock (OneAtATime)
        {
            using var packed = new MemoryStream();
            using (var zlib = new ZLibStream(packed, CompressionLevel.Fastest)) zlib.Write(body);
            return packed.ToArray();
        }
    }

    /// <returns>Null where it does not unpack.</returns>
    public static byte[]? Unpack(byte[] packed)
    {
        try
        {
            using var body = new MemoryStream();
            using var zlib = new ZLibStream(new MemoryStream(packed), CompressionMode.Decompress);
            zlib.CopyTo(body);
            return body.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }

    // One block as it is (RFC 1951, section 3.2.4).
    private static byte[] Store(byte[] body)
    {
        var packed = new byte[body.Length + 11];
        packed[0] = 0x78;
        packed[1] = 0x01;
        packed[2] = 0x01;
        BinaryPrimitives.WriteUInt16LittleEndian(packed.AsSpan(3), (ushort)body.Length);
        BinaryPrimitives.WriteUInt16LittleEndian(packed.AsSpan(5), (ushort)~body.Length);
        body.CopyTo(packed, 7);
        BinaryPrimitives.WriteUInt32BigEndian(packed.AsSpan(packed.Length - 4), Adler32(body));
        return packed;
    }

    private static uint Adler32(ReadOnlySpan<byte> bytes)
    {
        var (a, b) = (1u, 0u);
        foreach (var value in bytes) // short enough to be summed before the remainder is taken (RFC 1950, section 9)
        {
            a += value;
            b += a;
        }

        return (b % 65521 << 16) | (a % 65521);
    }
}
