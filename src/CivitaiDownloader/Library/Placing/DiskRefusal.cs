using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Library.Placing;

/// <summary>What a disk that refuses means for the library.</summary>
internal static class DiskRefusal
{
    public static LibraryException Describe(Exception refused, string path) => DiskFull.Caused(refused)
        ? LibraryErrors.DiskFull(path, refused)
        : LibraryErrors.NotWritable(path, refused);
}
