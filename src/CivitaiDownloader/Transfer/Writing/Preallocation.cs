using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using CivitaiDownloader.Primitives;
using Microsoft.Win32.SafeHandles;

namespace CivitaiDownloader.Transfer.Writing;

/// <summary>
/// Room on the disk for a whole file before its bytes come, without changing its length: a disk that is too small is told at once, nobody else can take the
/// room meanwhile, and the file lies in few pieces.
/// </summary>
internal static partial class Preallocation
{
    /// <summary>Reserves where the file system can; where it cannot, looks whether there is room at all.</summary>
    /// <param name="path">Where the file is, for the look.</param>
    /// <param name="bytes">How long the file will be.</param>
    /// <returns>Whether the room is kept for this file.</returns>
    /// <exception cref="IOException">There is no room (<see cref="DiskFull.Caused"/>). The file is as it was.</exception>
    public static bool Reserve(SafeFileHandle file, string path, long bytes)
    {
        if (!IsMemory(path) && TryReserve(file, bytes)) return true;
        var missing = bytes - RandomAccess.GetLength(file); // holes before its end are not seen from here
        if (missing > 0 && FreeSpace.At(Path.GetDirectoryName(Path.GetFullPath(path))!) is { } free && free < missing)
            throw DiskFull.Found($"{ByteSize.Format(missing)} are missing and {ByteSize.Format(free)} are free.");
        return false;
    }

    // There a reservation is the memory itself, page by page: a quarter of a second for each GiB, in which nothing arrives.
    private static bool IsMemory(string path)
    {
        try
        {
            return OperatingSystem.IsLinux() && new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(path))!).DriveFormat is "tmpfs" or "ramfs";
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Reserves blocks up to <paramref name="bytes"/> from the beginning. What is there already stays. Not for a file that others write to at the same time.</summary>
    /// <returns>False where the file system has no such thing; a write of zeros in its place is never made.</returns>
    /// <exception cref="IOException">There is no room (<see cref="DiskFull.Caused"/>). The file is as it was.</exception>
    public static bool TryReserve(SafeFileHandle file, long bytes)
    {
        if (bytes <= RandomAccess.GetLength(file) && !OperatingSystem.IsLinux()) return true; // elsewhere only what lies behind the end can be reserved
        if (bytes <= 0) return true;
        var refusal = OperatingSystem.IsLinux() ? Linux.Allocate(file, bytes) : OperatingSystem.IsMacOS() ? Mac.Allocate(file, bytes) : OperatingSystem.IsWindows() ? Windows.Allocate(file, bytes) : Refusal.NotSupported;
        if (refusal is null) return true;
        if (refusal == Refusal.NotSupported) return false;
        RandomAccess.SetLength(file, RandomAccess.GetLength(file)); // ext4 keeps what it had allocated when the room ran out
        throw DiskFull.Found($"There is no room for {ByteSize.Format(bytes)}.");
    }

    private enum Refusal
    {
        NotSupported,
        NoSpace,
    }

    // fallocate(2) itself: posix_fallocate(3) writes to every block where the file system cannot, and changes the length.
    [SupportedOSPlatform("linux")]
    private static partial class Linux
    {
        private const int KeepSize = 1; // FALLOC_FL_KEEP_SIZE
        private const int Interrupted = 4, NoSpace = 28, OverQuota = 122;

        public static Refusal? Allocate(SafeFileHandle file, long bytes)
        {
            if (!Environment.Is64BitProcess) return Refusal.NotSupported; // off_t has 32 bits there
            while (Fallocate(file, KeepSize, 0, bytes) != 0)
            {
                switch (Marshal.GetLastPInvokeError())
                {
                    case Interrupted: break;
                    case NoSpace or OverQuota: return Refusal.NoSpace;
                    default: return Refusal.NotSupported; // EOPNOTSUPP, ENOSYS; whatever else it is, the first write tells it better
                }
            }

            return null;
        }

        [LibraryImport("libc", EntryPoint = "fallocate", SetLastError = true)]
        private static partial int Fallocate(SafeFileHandle file, int mode, long offset, long length);
    }

    [SupportedOSPlatform("macos")]
    private static unsafe partial class Mac
    {
        private const int Preallocate = 42; // F_PREALLOCATE
        private const uint AllOrNothing = 4; // F_ALLOCATEALL
        private const int FromPhysicalEnd = 3; // F_PEOFPOSMODE
        private const int Interrupted = 4, NoSpace = 28, OverQuota = 69;

        public static Refusal? Allocate(SafeFileHandle file, long bytes)
        {
            while (true)
            {
                // What was reserved by an earlier run lies behind the end as well and is counted anew; the file's own end is what can be asked for.
                var store = new Store { Flags = AllOrNothing, Position = FromPhysicalEnd, Length = bytes - RandomAccess.GetLength(file) };
                // fcntl takes its third argument from the stack on Apple's ARM (variadic), where the ninth of a plain call lies.
                var result = RuntimeInformation.ProcessArchitecture == Architecture.Arm64
                    ? FcntlArm(file, Preallocate, 0, 0, 0, 0, 0, 0, &store)
                    : Fcntl(file, Preallocate, &store);
                if (result != -1) return null;
                switch (Marshal.GetLastPInvokeError())
                {
                    case Interrupted: break;
                    case NoSpace or OverQuota: return Refusal.NoSpace;
                    default: return Refusal.NotSupported;
                }
            }
        }

        // fstore_t
        private struct Store
        {
            public uint Flags;
            public int Position;
            public long Offset;
            public long Length;
            public long Allocated;
        }

        [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
        private static partial int Fcntl(SafeFileHandle file, int command, Store* store);

        [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
        private static partial int FcntlArm(SafeFileHandle file, int command, nint r2, nint r3, nint r4, nint r5, nint r6, nint r7, Store* store);
    }

    // Kept while the handle is open; what lies behind the end is given back when it is closed.
    [SupportedOSPlatform("windows")]
    private static unsafe partial class Windows
    {
        private const int AllocationInfo = 5; // FileAllocationInfo
        private const int DiskIsFull = 112, HandleDiskIsFull = 39, OverQuota = 1295;

        public static Refusal? Allocate(SafeFileHandle file, long bytes)
        {
            if (SetInformation(file, AllocationInfo, &bytes, sizeof(long)) != 0) return null;
            return Marshal.GetLastPInvokeError() is DiskIsFull or HandleDiskIsFull or OverQuota ? Refusal.NoSpace : Refusal.NotSupported;
        }

        [LibraryImport("kernel32", EntryPoint = "SetFileInformationByHandle", SetLastError = true)]
        private static partial int SetInformation(SafeFileHandle file, int kind, long* value, int size);
    }
}
