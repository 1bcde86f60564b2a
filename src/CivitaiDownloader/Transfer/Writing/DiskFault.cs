namespace CivitaiDownloader.Transfer.Writing;

/// <summary>Tells a full disk from one that may not be written.</summary>
internal static class DiskFault
{
    private const int NoSpaceOnUnix = 28; // ENOSPC
    private const int QuotaOnLinux = 122; // EDQUOT
    private const int FullOnWindows = unchecked((int)0x80070070); // ERROR_DISK_FULL

    public static bool IsFull(Exception exception) => exception is IOException && (OperatingSystem.IsWindows()
        ? exception.HResult == FullOnWindows
        : exception.HResult is NoSpaceOnUnix or QuotaOnLinux);

    public static TransferException Describe(Exception exception, string name, string path) => IsFull(exception)
        ? TransferErrors.DiskFull(name, System.IO.Path.GetDirectoryName(path) ?? path)
        : TransferErrors.NotWritable(path, exception);
}
