namespace CivitaiDownloader.Library.Hashing;

/// <summary>How far a run of reading files is. Readers look when they like.</summary>
public sealed class HashMeter(TimeProvider time)
{
    private long _startedAt = time.GetTimestamp();
    private long _endedAt;
    private long _files;
    private long _bytes;
    private long _totalFiles;
    private long _totalBytes;
    private long _recalled;

    public HashSnapshot Read() => new(Interlocked.Read(ref _files), Interlocked.Read(ref _bytes), Interlocked.Read(ref _totalFiles), Interlocked.Read(ref _totalBytes))
    { Recalled = Interlocked.Read(ref _recalled), Elapsed = time.GetElapsedTime(Interlocked.Read(ref _startedAt), Interlocked.Read(ref _endedAt) is not 0 and var end ? end : time.GetTimestamp()) };

    internal void Begins(long files, long bytes, long recalled)
    {
        Interlocked.Exchange(ref _startedAt, time.GetTimestamp());
        Interlocked.Exchange(ref _totalFiles, files);
        Interlocked.Exchange(ref _totalBytes, bytes);
        Interlocked.Exchange(ref _recalled, recalled);
    }

    internal void Ends() => Interlocked.Exchange(ref _endedAt, time.GetTimestamp());

    internal void Add(long bytes) => Interlocked.Add(ref _bytes, bytes);

    internal void FileDone() => Interlocked.Increment(ref _files);
}

/// <param name="Files">Read so far.</param>
/// <param name="TotalFiles">To be read; 0 until that is known.</param>
public readonly record struct HashSnapshot(long Files, long Bytes, long TotalFiles, long TotalBytes)
{
    /// <summary>Files of which all was known, which are not read.</summary>
    public long Recalled { get; init; }

    /// <summary>Spent reading.</summary>
    public TimeSpan Elapsed { get; init; }
}
