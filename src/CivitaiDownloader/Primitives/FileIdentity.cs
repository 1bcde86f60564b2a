using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace CivitaiDownloader.Primitives;

/// <summary>
/// Which file this is, whatever its name: device and inode on Unix, volume and index on Windows. Two that are equal are one file for as long
/// as a handle to it is open. Default (0, 0) is no file.
/// </summary>
public readonly partial record struct FileIdentity(ulong Device, ulong Inode)
{
    /// <exception cref="IOException">The system does not tell.</exception>
    public static FileIdentity Of(SafeFileHandle file) =>
        OperatingSystem.IsLinux() ? Linux.Read(file, "", Linux.EmptyPath)
        : OperatingSystem.IsWindows() ? Windows.Read(file)
        : Mac.Read(file);

    /// <summary>The file at <paramref name="path"/>, a link itself and not what it points to; default when nothing is there.</summary>
    public static FileIdentity Of(string path) =>
        OperatingSystem.IsLinux() ? Linux.Read(null, path, Linux.NoFollow)
        : OperatingSystem.IsWindows() ? Windows.Read(path)
        : Mac.Read(path);

    private static IOException Unknown() => new("The system does not say which file this is.", new Win32Exception(Marshal.GetLastPInvokeError()));

    // statx(2): one layout on every architecture, unlike stat(2).
    [SupportedOSPlatform("linux")]
    private static unsafe partial class Linux
    {
        public const int EmptyPath = 0x1000;
        public const int NoFollow = 0x100;
        private const int CurrentFolder = -100;
        private const uint InodeWanted = 0x100;
        private const int NoSuchFile = 2;
        private const int NotAFolder = 20;

        public static FileIdentity Read(SafeFileHandle? file, string path, int flags)
        {
            var status = stackalloc byte[256];
            var held = false;
            try
            {
                file?.DangerousAddRef(ref held);
                var folder = file is null ? CurrentFolder : (int)file.DangerousGetHandle();
                if (Statx(folder, path, flags, InodeWanted, status) != 0)
                    return file is null && Marshal.GetLastPInvokeError() is NoSuchFile or NotAFolder ? default : throw Unknown();
            }
            finally
            {
                if (held) file!.DangerousRelease();
            }

            return new(*(ulong*)(status + 136), *(ulong*)(status + 32));
        }

        [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
        private static partial int Statx(int folder, string path, int flags, uint mask, byte* status);
    }

    // stat(2) with 64-bit inodes: st_dev at 0, st_ino at 8. On Intel the old layout keeps the plain name.
    private static unsafe partial class Mac
    {
        public static FileIdentity Read(SafeFileHandle file)
        {
            var status = stackalloc byte[256];
            var intel = RuntimeInformation.ProcessArchitecture == Architecture.X64;
            if ((intel ? FstatIntel(file, status) : Fstat(file, status)) != 0) throw Unknown();
            return new(*(uint*)status, *(ulong*)(status + 8));
        }

        public static FileIdentity Read(string path)
        {
            var status = stackalloc byte[256];
            var intel = RuntimeInformation.ProcessArchitecture == Architecture.X64;
            if ((intel ? LstatIntel(path, status) : Lstat(path, status)) != 0)
                return Marshal.GetLastPInvokeError() is 2 or 20 ? default : throw Unknown();
            return new(*(uint*)status, *(ulong*)(status + 8));
        }

        [LibraryImport("libc", EntryPoint = "fstat", SetLastError = true)]
        private static partial int Fstat(SafeFileHandle file, byte* status);

        [LibraryImport("libc", EntryPoint = "fstat$INODE64", SetLastError = true)]
        private static partial int FstatIntel(SafeFileHandle file, byte* status);

        [LibraryImport("libc", EntryPoint = "lstat", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
        private static partial int Lstat(string path, byte* status);

        [LibraryImport("libc", EntryPoint = "lstat$INODE64", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
        private static partial int LstatIntel(string path, byte* status);
    }

    [SupportedOSPlatform("windows")]
    private static unsafe partial class Windows
    {
        private const uint OpenReparsePoint = 0x00200000;
        private const uint BackupSemantics = 0x02000000;
        private const uint ShareAll = 7;
        private const uint OpenExisting = 3;

        public static FileIdentity Read(SafeFileHandle file)
        {
            var facts = stackalloc uint[13]; // BY_HANDLE_FILE_INFORMATION
            if (GetFileInformationByHandle(file, facts) == 0) throw Unknown();
            return new(facts[7], ((ulong)facts[11] << 32) | facts[12]);
        }

        public static FileIdentity Read(string path)
        {
            using var file = CreateFile(path, 0, ShareAll, 0, OpenExisting, OpenReparsePoint | BackupSemantics, 0);
            if (!file.IsInvalid) return Read(file);
            return Marshal.GetLastPInvokeError() is 2 or 3 ? default : throw Unknown();
        }

        [LibraryImport("kernel32", SetLastError = true)]
        private static partial int GetFileInformationByHandle(SafeFileHandle file, uint* facts);

        [LibraryImport("kernel32", EntryPoint = "CreateFileW", StringMarshalling = StringMarshalling.Utf16, SetLastError = true)]
        private static partial SafeFileHandle CreateFile(string path, uint access, uint share, nint security, uint disposition, uint flags, nint template);
    }
}
