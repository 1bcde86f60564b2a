using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace CivitaiDownloader.Primitives;

/// <summary>Makes a rename survive a power cut: the folder's entries are on the disk when this returns.</summary>
internal static partial class FolderFlush
{
    private const int ReadOnlyCloseOnExec = 0x80000; // O_RDONLY | O_CLOEXEC on Linux; on macOS the second is another bit and harmless

    /// <summary>Does nothing on Windows, whose file systems journal their names. A file system that cannot flush a folder is let be.</summary>
    public static void Run(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        using var handle = Open(folder, OperatingSystem.IsLinux() ? ReadOnlyCloseOnExec : 0);
        if (!handle.IsInvalid) _ = Flush(handle);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial SafeFileHandle Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Flush(SafeFileHandle file);
}
