using System.Diagnostics;

namespace CivitaiDownloader.Primitives;

/// <summary>
/// One process at a time from reading a small file to replacing it: a lock file beside it that is held open and dies with its process. The file itself is
/// replaced by rename, so a lock on it would be a lock on what was.
/// </summary>
public sealed class WriterTurn : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly FileStream _lock;

    private WriterTurn(FileStream held) => _lock = held;

    /// <exception cref="IOException">Somebody else holds it for longer than a change takes, or the disk refuses.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static WriterTurn Take(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        var name = Path.Combine(folder, $".{Path.GetFileName(path)}.lock");
        var since = Stopwatch.GetTimestamp();
        using var never = new ManualResetEventSlim();
        while (true)
        {
            try
            {
                return new(new(name, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None));
            }
            catch (IOException held) when (!DiskFull.Caused(held) && Stopwatch.GetElapsedTime(since) < Patience)
            {
                never.Wait(20);
            }
        }
    }

    public void Dispose() => _lock.Dispose();
}
