using System.Security.Cryptography;
using System.Text;

namespace CivitaiDownloader.Library.Placing;

/// <summary>Small files beside a placed one (docs/formats/sidecar.md), written whole or not at all.</summary>
internal static class Sidecar
{
    public static string PathFor(LibraryFile file, string suffix) => Path.ChangeExtension(file.Path, null) + suffix;

    public static bool Write(LibraryFile file, string suffix, ReadOnlySpan<byte> content)
    {
        var path = PathFor(file, suffix);
        if (Path.Exists(path)) return false;
        // Named by where it goes: what a killed process left is written over, not kept for ever.
        var key = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(path)))[..32];
        var staged = Path.Combine(StagingFolder.Make(file.Root, Path.GetDirectoryName(file.RelativePath)?.Replace('\\', '/') ?? ""), $"sidecar-{key}.part");
        try
        {
            using (var handle = File.OpenHandle(staged, FileMode.Create, FileAccess.Write))
            {
                RandomAccess.Write(handle, content, 0);
                RandomAccess.FlushToDisk(handle); // the name must not reach the disk before the bytes
            }

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
