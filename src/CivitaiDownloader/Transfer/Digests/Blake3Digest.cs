using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer.Writing;

namespace CivitaiDownloader.Transfer.Digests;

/// <summary>BLAKE3 of a finished file, read back: needed only where the catalogue names no SHA-256.</summary>
internal static class Blake3Digest
{
    public static ContentHash Of(PartialFile file, long length)
    {
        var digest = new Org.BouncyCastle.Crypto.Digests.Blake3Digest(256);
        var buffer = new byte[FilledBuffer.Bytes];
        for (long at = 0; at < length;)
        {
            var read = file.Read(buffer.AsSpan(0, (int)Math.Min(buffer.Length, length - at)), at);
            if (read == 0) throw new IOException("The partial file became shorter while it was read.");
            digest.BlockUpdate(buffer, 0, read);
            at += read;
        }

        digest.DoFinal(buffer, 0);
        return ContentHash.Parse(HashKind.Blake3, Convert.ToHexString(buffer, 0, 32));
    }
}
