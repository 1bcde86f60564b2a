using System.Runtime.InteropServices;

namespace CivitaiDownloader.Primitives;

/// <summary>How much room a file takes on its disk, which is more than its length where room was reserved, and less where it has holes.</summary>
internal static unsafe partial class AllocatedBytes
{
    private const int BlockBytes = 512; // st_blocks counts these whatever the file system's own are

    /// <summary>0 where there is no such file or the system does not tell (Windows gives reserved room back when the file is closed).</summary>
    public static long Of(string path)
    {
        var status = stackalloc byte[256];
        if (OperatingSystem.IsLinux()) return Statx(-100, path, 0x100, 0x400, status) == 0 ? *(long*)(status + 48) * BlockBytes : 0;
        if (!OperatingSystem.IsMacOS()) return 0;
        var intel = RuntimeInformation.ProcessArchitecture == Architecture.X64; // there the old layout keeps the plain name
        return (intel ? LstatIntel(path, status) : Lstat(path, status)) == 0 ? *(long*)(status + 104) * BlockBytes : 0;
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Statx(int folder, string path, int flags, uint mask, byte* status);

    [LibraryImport("libc", EntryPoint = "lstat", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Lstat(string path, byte* status);

    [LibraryImport("libc", EntryPoint = "lstat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int LstatIntel(string path, byte* status);
}
