namespace CivitaiDownloader.Transfer;

/// <summary>What a transfer has done so far. Lengths in bytes; null where not known yet.</summary>
/// <param name="Present">Bytes of the file that are there: resumed and fetched.</param>
/// <param name="Fetched">Bytes that came over the network in this run.</param>
/// <param name="Resumed">Bytes that an earlier run had left.</param>
public readonly record struct TransferSnapshot(long Present, long Fetched, long Resumed, long? Total, int Retries, TimeSpan Elapsed);

/// <summary>Counters of one transfer: the byte path adds, readers look when they like. Safe from any thread.</summary>
public sealed class TransferMeter(TimeProvider time)
{
    private readonly long _startedAt = time.GetTimestamp();
    private long _fetched;
    private long _resumed;
    private long _total = -1;
    private int _retries;

    public TransferSnapshot Read()
    {
        var fetched = Interlocked.Read(ref _fetched);
        var resumed = Interlocked.Read(ref _resumed);
        var total = Interlocked.Read(ref _total);
        return new(fetched + resumed, fetched, resumed, total < 0 ? null : total, Volatile.Read(ref _retries), time.GetElapsedTime(_startedAt));
    }

    /// <summary>Bytes of the file that are there.</summary>
    internal long Present => Interlocked.Read(ref _fetched) + Interlocked.Read(ref _resumed);

    /// <summary>Bytes that came over the network in this run.</summary>
    internal long Fetched => Interlocked.Read(ref _fetched);

    internal void Add(int bytes) => Interlocked.Add(ref _fetched, bytes);

    internal void Retry() => Interlocked.Increment(ref _retries);

    internal void Expect(long total) => Interlocked.Exchange(ref _total, total);

    /// <summary>Bytes that an earlier run had left turn out to be wrong: they are not there.</summary>
    internal void Lose(long bytes) => Interlocked.Add(ref _resumed, -bytes);

    /// <summary>The transfer stands at <paramref name="bytes"/> without fetching: after a resume, or at zero after a new start.</summary>
    internal void StandAt(long bytes)
    {
        Interlocked.Exchange(ref _resumed, bytes);
        Interlocked.Exchange(ref _fetched, 0);
    }
}
