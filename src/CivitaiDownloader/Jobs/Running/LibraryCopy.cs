using System.Security.Cryptography;
using CivitaiDownloader.Library;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Jobs.Running;

/// <summary>Takes bytes that are in the library already from there: no verified byte is fetched twice.</summary>
internal static class LibraryCopy
{
    /// <returns>Null when the copy is not what history says, or somebody else is busy with the staged name; then it is fetched as if it were not there.</returns>
    public static CheckedContent? TryMake(LibraryFile source, string staged)
    {
        if (File.Exists(staged)) return null; // a transfer is under way, or was: it goes on
        try
        {
            File.Copy(source.Path, staged);
            var handle = File.OpenHandle(staged, FileMode.Open, FileAccess.ReadWrite, FileShare.Delete);
            using var content = new FileStream(staged, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
            if (ContentHash.Sha256(SHA256.HashData(content)) == source.Sha256)
            {
                RandomAccess.FlushToDisk(handle);
                return new(handle, source.Bytes, source.Sha256, File.GetLastWriteTimeUtc(handle));
            }

            handle.Dispose();
            File.Delete(staged);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            File.Delete(staged);
            return null;
        }
    }
}
