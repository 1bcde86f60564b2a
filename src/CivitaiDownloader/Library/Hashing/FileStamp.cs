using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Library.Hashing;

/// <summary>How a file looks without reading it. Equal stamps of one path mean: nobody has touched it since, as far as the file system tells.</summary>
/// <param name="Modified">Time of last change, in 100 ns since 1970, UTC.</param>
/// <param name="Inode">0 where the system does not tell. The device is left out: its number changes with a restart.</param>
public readonly record struct FileStamp(long Bytes, long Modified, ulong Inode)
{
    // Some file systems (FAT) keep times in steps of two seconds: a change within one step does not show.
    private static readonly TimeSpan CoarsestClock = TimeSpan.FromSeconds(2);

    internal static FileStamp Of(FileInfo file) => new(file.Length, Ticks(file.LastWriteTimeUtc), InodeOf(file.FullName));

    /// <summary>Whether a look at <paramref name="at"/> saw the file's last change; a later one with the same time would have gone unseen.</summary>
    internal bool IsSettledAt(DateTimeOffset at) => at.UtcTicks - DateTime.UnixEpoch.Ticks - Modified > CoarsestClock.Ticks;

    internal static long Ticks(DateTime utc) => utc.Ticks - DateTime.UnixEpoch.Ticks;

    private static ulong InodeOf(string path)
    {
        try
        {
            return FileIdentity.Of(path).Inode;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
