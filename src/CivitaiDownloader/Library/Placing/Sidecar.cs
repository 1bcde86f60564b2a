using System.Security.Cryptography;
using System.Text;

namespace CivitaiDownloader.Library.Placing;

/// <summary>Small files beside a placed one (docs/formats/sidecar.md), written whole or not at all.</summary>
internal static class Sidecar
{
    // Windows lets a file that is open be renamed only when it was opened for that; elsewhere this would ask for a shared lock.
    private static readonly FileShare Exclusive = OperatingSystem.IsWindows() ? FileShare.Delete : FileShare.None;

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
            return Write(staged, path, content);
        }
        catch (IOException held) when (IsHeld(held))
        {
            return false; // two files of one version have one description: whoever places the other is writing it
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw DiskRefusal.Describe(refused, path);
        }
    }

    // Held until it has its name: nobody else may begin to write what is about to be seen.
    private static bool Write(string staged, string path, ReadOnlySpan<byte> content)
    {
        using var handle = File.OpenHandle(staged, FileMode.Create, FileAccess.Write, Exclusive);
        var isPlaced = false;
        try
        {
            RandomAccess.Write(handle, content, 0);
            RandomAccess.FlushToDisk(handle); // the name must not reach the disk before the bytes
            return isPlaced = AtomicRename.TryMove(staged, path);
        }
        finally
        {
            if (!isPlaced) File.Delete(staged);
        }
    }

    private static bool IsHeld(IOException exception) =>
        exception.HResult == unchecked((int)0x80070020) // ERROR_SHARING_VIOLATION
        || (!OperatingSystem.IsWindows() && exception.HResult is 11 or 35); // EWOULDBLOCK on Linux, on macOS
}
