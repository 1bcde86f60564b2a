using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Transfer.Writing;

/// <summary>What a disk that refuses means for a transfer.</summary>
internal static class DiskFault
{
    public static TransferException Describe(Exception exception, string name, string path) => DiskFull.Caused(exception)
        ? TransferErrors.DiskFull(name, System.IO.Path.GetDirectoryName(path) ?? path)
        : TransferErrors.NotWritable(path, exception);

    public static TransferException DescribeJournal(Exception exception, string path) => DiskFull.Caused(exception)
        ? TransferErrors.NoRoomForJournal(System.IO.Path.GetDirectoryName(path) ?? path)
        : TransferErrors.NotWritable(path, exception);
}
