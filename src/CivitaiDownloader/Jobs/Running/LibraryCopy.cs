using CivitaiDownloader.Library;
using CivitaiDownloader.Primitives;
using CivitaiDownloader.Transfer;

namespace CivitaiDownloader.Jobs.Running;

/// <summary>Takes bytes that are in the library already from there: no verified byte is fetched twice.</summary>
internal static class LibraryCopy
{
    /// <returns>Null when the copy is not what history says, or a transfer has begun and can go on; then it is fetched as if it were not there.</returns>
    /// <exception cref="TransferException">Another process works on the staged file, or the disk refuses.</exception>
    public static async Task<StagedFile?> TryMakeAsync(LibraryFile source, string staged, string name, TimeProvider time, CancellationToken cancellationToken)
    {
        if (FileTransfer.KeptBytes(staged) > 0) return null;
        try
        {
            await using var content = new FileStream(source.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan | FileOptions.Asynchronous);
            var copy = await LocalTransfer.CopyAsync(content, staged, name, time, cancellationToken);
            if (copy.Sha256 == source.Sha256) return copy;
            copy.Discard();
            copy.Dispose();
            return null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
