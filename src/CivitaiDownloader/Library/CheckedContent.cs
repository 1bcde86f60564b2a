using CivitaiDownloader.Primitives;
using Microsoft.Win32.SafeHandles;

namespace CivitaiDownloader.Library;

/// <summary>
/// A file that was hashed, by its open handle, and how it looked at that time. Placing refuses it when it has been changed or swapped since.
/// </summary>
/// <param name="Handle">Stays open until the file has its name.</param>
/// <param name="ChangedAt">Its time of last change when its content was settled, UTC.</param>
public sealed record CheckedContent(SafeFileHandle Handle, long Bytes, ContentHash Sha256, DateTime ChangedAt)
{
    internal bool IsUnchangedAt(string path) =>
        FileIdentity.Of(Handle) == FileIdentity.Of(path) && RandomAccess.GetLength(Handle) == Bytes && File.GetLastWriteTimeUtc(Handle) == ChangedAt;
}
