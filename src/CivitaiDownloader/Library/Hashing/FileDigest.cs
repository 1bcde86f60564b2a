using System.Security.Cryptography;
using CivitaiDownloader.Primitives;
using Microsoft.Win32.SafeHandles;

namespace CivitaiDownloader.Library.Hashing;

/// <summary>Reads files from the first byte to the last and computes their SHA-256. For one thread; its buffer serves all files.</summary>
internal sealed class FileDigest : IDisposable
{
    private const int BufferBytes = 256 * 1024; // larger reads bring nothing more (design: the byte path, as measured)

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferBytes);
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <exception cref="LibraryException">It cannot be read, or was changed meanwhile.</exception>
    public ContentHash Read(FoundFile file, HashMeter meter, CancellationToken cancellationToken)
    {
        // What has no length is not opened: it may have become a pipe, which waits for its other end.
        if (file.Stamp.Bytes == 0) return ContentHash.Sha256(SHA256.HashData([]));
        try
        {
            using var handle = File.OpenHandle(file.RealPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
            var digest = Read(handle, file.Stamp.Bytes, meter, cancellationToken);
            if (digest is null || RandomAccess.GetLength(handle) != file.Stamp.Bytes || FileStamp.Ticks(File.GetLastWriteTimeUtc(handle)) != file.Stamp.Modified)
                throw LibraryErrors.ChangedWhileRead(file.Shown);
            return digest.Value;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw LibraryErrors.NotReadable(file.Shown, refused);
        }
    }

    public void Dispose() => _sha256.Dispose();

    /// <returns>Null when the file ends early.</returns>
    private ContentHash? Read(SafeFileHandle handle, long length, HashMeter meter, CancellationToken cancellationToken)
    {
        for (var at = 0L; at < length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = RandomAccess.Read(handle, _buffer.AsSpan(0, (int)Math.Min(BufferBytes, length - at)), at);
            meter.Add(read);
            if (read == length) return ContentHash.Sha256(SHA256.HashData(_buffer.AsSpan(0, read))); // small: whole in one piece
            if (read == 0) return null;
            if (at == 0) _ = _sha256.GetHashAndReset(); // what a reading that failed has left
            _sha256.AppendData(_buffer, 0, read);
            at += read;
        }

        return ContentHash.Sha256(_sha256.GetHashAndReset());
    }
}
