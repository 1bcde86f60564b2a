using System.Runtime.Versioning;
using System.Security.AccessControl;
using System.Security.Principal;

namespace CivitaiDownloader.Primitives;

/// <summary>Files for their owner's eyes: mode 0600 on Unix, an access list with one entry on Windows.</summary>
public static class OwnerOnly
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>Makes a file that nobody else could open at any moment.</summary>
    /// <exception cref="IOException">It is there already, or the disk refuses.</exception>
    public static FileStream Create(string path) => OperatingSystem.IsWindows()
        ? CreateOnWindows(path)
        : new(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });

    /// <summary>The mode in octal digits of a file that others can read or write; null when only its owner can, or the system (Windows) is not asked.</summary>
    public static string? OpenMode(string path) => !OperatingSystem.IsWindows() && File.GetUnixFileMode(path) is var mode && (mode & Others) != 0
        ? Convert.ToString((int)mode, 8).PadLeft(4, '0')
        : null;

    [SupportedOSPlatform("windows")]
    private static FileStream CreateOnWindows(string path)
    {
        using var identity = WindowsIdentity.GetCurrent();
        var access = new FileSecurity();
        access.SetAccessRuleProtection(isProtected: true, preserveInheritance: false); // what the folder grants does not reach it
        access.AddAccessRule(new(identity.User!, FileSystemRights.FullControl, AccessControlType.Allow));
        return new FileInfo(path).Create(FileMode.CreateNew, FileSystemRights.FullControl, FileShare.None, 4096, FileOptions.None, access);
    }
}
