using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace CivitaiDownloader.Primitives;

/// <summary>
/// Tells pipes, sockets, devices and what the kernel makes up from files. They have a name and no length: opening a pipe waits for its other end, and a device may be read without end.
/// Nothing is opened to find out.
/// </summary>
internal static partial class SpecialFile
{
    private const int Kind = 0xF000, Pipe = 0x1000, CharacterDevice = 0x2000, BlockDevice = 0x6000, Socket = 0xC000;

    // File systems whose files are made up while they are read (/proc, /sys): they are called empty, and are not.
    private static readonly HashSet<string> OfTheKernel = ["proc", "sysfs", "debugfs", "tracefs", "securityfs", "configfs", "cgroupfs", "cgroup2fs", "pstorefs"];

    /// <summary><c>a pipe</c>, <c>a socket</c>, <c>a device</c> or <c>a kernel file</c>, links followed; null for a file, a folder, and what the system does not tell of.</summary>
    public static string? Of(string path)
    {
        if (OperatingSystem.IsWindows()) return Path.GetFullPath(path).StartsWith(@"\\.\", StringComparison.Ordinal) ? "a device" : null; // NUL and CON, and pipes by their only name
        return (OperatingSystem.IsLinux() ? Linux.Mode(path) : Mac.Mode(path)) switch
        {
            var mode when (mode & Kind) == Pipe => "a pipe",
            var mode when (mode & Kind) == Socket => "a socket",
            var mode when (mode & Kind) is CharacterDevice or BlockDevice => "a device",
            _ => IsOfTheKernel(path) ? "a kernel file" : null,
        };
    }

    private static bool IsOfTheKernel(string path)
    {
        try
        {
            return OperatingSystem.IsLinux() && OfTheKernel.Contains(new DriveInfo(path).DriveFormat);
        }
        catch (Exception hidden) when (hidden is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return false;
        }
    }

    // statx(2): one layout on every architecture, unlike stat(2).
    [SupportedOSPlatform("linux")]
    private static unsafe partial class Linux
    {
        private const int CurrentFolder = -100;
        private const uint TypeWanted = 1;

        public static int Mode(string path)
        {
            var status = stackalloc byte[256];
            return Statx(CurrentFolder, path, 0, TypeWanted, status) == 0 ? *(ushort*)(status + 28) : 0;
        }

        [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
        private static partial int Statx(int folder, string path, int flags, uint mask, byte* status);
    }

    // stat(2) with 64-bit inodes: st_mode at 4. On Intel the old layout keeps the plain name.
    private static unsafe partial class Mac
    {
        public static int Mode(string path)
        {
            var status = stackalloc byte[256];
            var result = RuntimeInformation.ProcessArchitecture == Architecture.X64 ? StatIntel(path, status) : Stat(path, status);
            return result == 0 ? *(ushort*)(status + 4) : 0;
        }

        [LibraryImport("libc", EntryPoint = "stat", StringMarshalling = StringMarshalling.Utf8)]
        private static partial int Stat(string path, byte* status);

        [LibraryImport("libc", EntryPoint = "stat$INODE64", StringMarshalling = StringMarshalling.Utf8)]
        private static partial int StatIntel(string path, byte* status);
    }
}
