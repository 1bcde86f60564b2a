namespace CivitaiDownloader.Library.Placing;

/// <summary>Small files beside a placed one (docs/formats/sidecar.md), written whole or not at all.</summary>
internal static class Sidecar
{
    public static string PathFor(LibraryFile file, string suffix) => Path.ChangeExtension(file.Path, null) + suffix;

    public static bool Write(LibraryFile file, string suffix, ReadOnlySpan<byte> content)
    {
        var path = PathFor(file, suffix);
        if (Path.Exists(path)) return false;
        var folder = SafeFolders.MakePrivate(file.Root, ".civitai-dl/staging");
        var staged = Path.Combine(folder, $"sidecar-{Guid.NewGuid():N}.part");
        try
        {
            using (var handle = File.OpenHandle(staged, FileMode.CreateNew, FileAccess.Write)) RandomAccess.Write(handle, content, 0);
            return AtomicRename.TryMove(staged, path);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw DiskRefusal.Describe(refused, path);
        }
        finally
        {
            File.Delete(staged);
        }
    }
}
