using System.Security.Cryptography;
using CivitaiDownloader.Library;
using CivitaiDownloader.Library.Hashing;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Scanning;
using CivitaiDownloader.Scanning.Content;
using CivitaiDownloader.Scanning.Results;
using Microsoft.Win32.SafeHandles;

namespace CivitaiDownloader.Jobs.Scanning;

/// <summary>Hashes and judges one file after the other, through one handle each. For one thread; its buffer serves all files.</summary>
internal sealed class ScanReader(Judges judges, ScanResults results, ScanRequest request, HashMeter meter) : IDisposable
{
    /// <summary>Above this a file's verdict costs far less than its hash: weights are passed over.</summary>
    public const long MostHashed = 64L << 20;

    private const int BufferBytes = 1 << 20; // most files that are no weights are smaller, and read once for both

    private readonly byte[] _buffer = GC.AllocateUninitializedArray<byte>(BufferBytes + 1);
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <param name="remembered">Its hash as its stamp has it; shown where it is not computed, and nothing is kept under it.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public ScannedFile Read(FoundFile file, ContentHash? remembered, CancellationToken cancellationToken)
    {
        try
        {
            // It may have become a pipe since, which waits for its other end.
            if (file.Stamp.Bytes == 0 && SpecialFile.Of(file.RealPath) is { } kind) throw LibraryErrors.NotARegularFile(file.Shown, kind);
            using var handle = File.OpenHandle(file.RealPath, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (!IsAsFound(file, handle)) throw LibraryErrors.ChangedWhileRead(file.Shown);
            return file.Stamp.Bytes <= BufferBytes ? ReadOnce(file, handle, cancellationToken) : ReadLarge(file, handle, remembered, cancellationToken);
        }
        catch (LibraryException refused)
        {
            return new(file) { Refusal = refused };
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return new(file) { Refusal = LibraryErrors.NotReadable(file.Shown, refused) };
        }
        catch (NoRoomToUnpackException refused)
        {
            return new(file) { Refusal = LibraryErrors.NoRoomToUnpack(file.Shown, refused.Folder, refused) };
        }
        catch (SourceUnavailableException refused)
        {
            return new(file) { Refusal = LibraryErrors.NotReadable(file.Shown, refused) };
        }
    }

    public void Dispose() => _sha256.Dispose();

    private ScannedFile ReadOnce(FoundFile file, SafeFileHandle handle, CancellationToken cancellationToken)
    {
        var length = (int)file.Stamp.Bytes;
        for (var at = 0; at < length;)
        {
            var read = RandomAccess.Read(handle, _buffer.AsSpan(at, length - at), at);
            if (read == 0) throw LibraryErrors.ChangedWhileRead(file.Shown);
            meter.Add(read);
            at += read;
        }

        // One byte more: some file systems call a file empty, or short, and give out what it has nevertheless.
        if (RandomAccess.Read(handle, _buffer.AsSpan(length, 1), length) > 0 || !IsAsFound(file, handle)) throw LibraryErrors.ChangedWhileRead(file.Shown);
        return Judge(file, _buffer.AsMemory(0, length), cancellationToken);
    }

    private ScannedFile Judge(FoundFile file, ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        var sha256 = ContentHash.Sha256(SHA256.HashData(bytes.Span));
        using var source = new MemorySource(bytes);
        return judges.Judge(new(file) { Sha256 = sha256, IsHashed = true }, source, Recall(file, sha256), cancellationToken);
    }

    private ScannedFile ReadLarge(FoundFile file, SafeFileHandle handle, ContentHash? remembered, CancellationToken cancellationToken)
    {
        using var fileSource = new FileSource(handle);
        using var source = new MeteredSource(fileSource, meter);
        ContentHash? sha256 = request.HashesAll || file.Stamp.Bytes <= MostHashed ? Hash(source, cancellationToken) : null;
        var result = judges.Judge(new(file) { Sha256 = sha256 ?? remembered, IsHashed = sha256 is not null }, source, sha256 is { } hash ? Recall(file, hash) : null, cancellationToken);
        return IsAsFound(file, handle) ? result : throw LibraryErrors.ChangedWhileRead(file.Shown);
    }

    private ContentHash Hash(ScanSource source, CancellationToken cancellationToken)
    {
        _ = _sha256.GetHashAndReset(); // what a reading that failed has left
        for (long at = 0; at < source.Length;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var read = source.Read(at, _buffer.AsSpan(0, BufferBytes));
            _sha256.AppendData(_buffer, 0, read);
            at += read;
        }

        return ContentHash.Sha256(_sha256.GetHashAndReset());
    }

    private ScanReport? Recall(FoundFile file, ContentHash sha256) => request.Recalls ? results.Recall(new(sha256, file.Path)) : null;

    private static bool IsAsFound(FoundFile file, SafeFileHandle handle) =>
        RandomAccess.GetLength(handle) == file.Stamp.Bytes && FileStamp.Ticks(File.GetLastWriteTimeUtc(handle)) == file.Stamp.Modified;
}
