using System.IO.Compression;

namespace CivitaiDownloader.Http;

/// <summary>Bodies as they are kept: zlib (RFC 1950).</summary>
internal static class PackedBody
{
    private static readonly Lock OneAtATime = new(); // many compressors at once would be most of the program's memory

    public static byte[] Pack(byte[] body)
    {
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
}
