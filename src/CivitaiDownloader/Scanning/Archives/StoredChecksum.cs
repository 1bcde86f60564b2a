using System.Buffers;
using System.IO.Hashing;
using CivitaiDownloader.Scanning.Content;

namespace CivitaiDownloader.Scanning.Archives;

/// <summary>Holds a member that lies in its archive as it is against the checksum it is given there (CRC-32, as in zip, 7z and RAR).</summary>
internal static class StoredChecksum
{
    // Longer ones are weights or archives of their own: they are read in places, and their hash is the file's.
    private const long ChecksummedBytes = 16L << 20;

    private const int BufferBytes = 256 * 1024;

    public static bool Differs(ScanSource content, uint given, ScanState state)
    {
        if (content.Length > ChecksummedBytes) return false;
        var sum = new Crc32();
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            for (long at = 0; content.Read(at, buffer) is > 0 and var read; at += read)
            {
                state.CancellationToken.ThrowIfCancellationRequested();
                sum.Append(buffer.AsSpan(0, read));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return sum.GetCurrentHashAsUInt32() != given;
    }
}
