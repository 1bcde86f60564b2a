namespace CivitaiDownloader.Primitives;

/// <summary>Tells a disk that is full from one that refuses for another reason.</summary>
public static class DiskFull
{
    private const int NoSpaceOnUnix = 28; // ENOSPC
    private const int QuotaOnLinux = 122; // EDQUOT
    private const int QuotaOnMac = 69;
    private const int FullOnWindows = unchecked((int)0x80070070); // ERROR_DISK_FULL

    /// <summary>For who finds out before the disk says so; <see cref="Caused"/> knows it.</summary>
    internal static IOException Found(string message) => new(message, OperatingSystem.IsWindows() ? FullOnWindows : NoSpaceOnUnix);

    public static bool Caused(Exception exception) => exception is IOException && exception.HResult switch
    {
        FullOnWindows => OperatingSystem.IsWindows(),
        NoSpaceOnUnix => !OperatingSystem.IsWindows(),
        QuotaOnLinux => OperatingSystem.IsLinux(),
        QuotaOnMac => OperatingSystem.IsMacOS(),
        _ => false,
    };
}
