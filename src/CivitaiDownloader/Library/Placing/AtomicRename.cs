using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace CivitaiDownloader.Library.Placing;

/// <summary>Gives a file another name on the same volume in one step, never taking a name that is in use.</summary>
internal static partial class AtomicRename
{
    private const int Exists = 17; // EEXIST, on Linux and macOS

    /// <returns>False when the name is taken; nothing was changed.</returns>
    /// <exception cref="IOException">The system refuses.</exception>
    public static bool TryMove(string from, string to)
    {
        if (OperatingSystem.IsWindows()) return TryMoveOnWindows(from, to);
        var error = OperatingSystem.IsLinux() ? Linux.Move(from, to)
            : OperatingSystem.IsMacOS() ? Mac.Move(from, to)
            : LinkAndRemove(from, to);
        return error switch
        {
            0 => true,
            Exists => false,
            _ => throw Refused(error, from, to),
        };
    }

    private static bool TryMoveOnWindows(string from, string to)
    {
        try
        {
            File.Move(from, to, overwrite: false);
            return true;
        }
        catch (IOException) when (Path.Exists(to) && Path.Exists(from))
        {
            return false;
        }
    }

    private static IOException Refused(int error, string from, string to) =>
        new($"'{from}' cannot be renamed to '{to}': {Marshal.GetPInvokeErrorMessage(error)}", error);

    // link(2) fails when the name is taken, on every Unix file system that has hard links.
    private static int LinkAndRemove(string from, string to)
    {
        if (Link(from, to) != 0) return Marshal.GetLastPInvokeError();
        File.Delete(from);
        return 0;
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Link(string from, string to);

    [SupportedOSPlatform("linux")]
    private static partial class Linux
    {
        private const int CurrentFolder = -100;
        private const uint NoReplace = 1;
        private const int Invalid = 22; // the file system does not know the flag
        private const int NoSuchCall = 38;
        private const int Unsupported = 95;
        private const int NotPermitted = 1;

        public static int Move(string from, string to)
        {
            int error;
            try
            {
                if (RenameAt2(CurrentFolder, from, CurrentFolder, to, NoReplace) == 0) return 0;
                error = Marshal.GetLastPInvokeError();
            }
            catch (EntryPointNotFoundException)
            {
                error = NoSuchCall; // musl before 1.2.5
            }

            if (error is not (Invalid or NoSuchCall or Unsupported)) return error;
            error = LinkAndRemove(from, to);
            return error is NotPermitted or Unsupported or NoSuchCall ? MoveChecked(from, to) : error;
        }

        // Neither way is there (some network and FAT file systems): look, then rename. The library's history keeps our own processes apart.
        private static int MoveChecked(string from, string to)
        {
            if (Path.Exists(to)) return Exists;
            File.Move(from, to, overwrite: false);
            return 0;
        }

        [LibraryImport("libc", EntryPoint = "renameat2", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
        private static partial int RenameAt2(int fromFolder, string from, int toFolder, string to, uint flags);
    }

    [SupportedOSPlatform("macos")]
    private static partial class Mac
    {
        private const uint Exclusive = 4;
        private const int Unsupported = 45;

        public static int Move(string from, string to)
        {
            if (RenameX(from, to, Exclusive) == 0) return 0;
            var error = Marshal.GetLastPInvokeError();
            return error == Unsupported ? LinkAndRemove(from, to) : error;
        }

        [LibraryImport("libc", EntryPoint = "renamex_np", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
        private static partial int RenameX(string from, string to, uint flags);
    }
}
