namespace CivitaiDownloader.Transfer.Connections;

/// <summary>
/// How much of the machine's processors this process has used of late. Where it is most of them, the line is faster than the machine, and another connection
/// would only take time from those that are there.
/// </summary>
internal sealed class ProcessorShare(TimeProvider time)
{
    private const double Most = 2.0 / 3;
    private static readonly TimeSpan Hold = TimeSpan.FromSeconds(1);

    private TimeSpan _used = Environment.CpuUsage.TotalTime;
    private long _lookedAt = time.GetTimestamp();
    private bool _wasMost;

    /// <summary>Forgets what was used before.</summary>
    public void Restart() => (_used, _lookedAt) = (Environment.CpuUsage.TotalTime, time.GetTimestamp());

    /// <summary>Of the time since it was asked last; having been so it stays so for a second, since a moment's idleness means little.</summary>
    public bool IsMost()
    {
        var now = time.GetTimestamp();
        if (_wasMost && time.GetElapsedTime(_lookedAt, now) < Hold) return true;
        var used = Environment.CpuUsage.TotalTime;
        _wasMost = (used - _used) / (time.GetElapsedTime(_lookedAt, now) * Environment.ProcessorCount) > Most;
        (_used, _lookedAt) = (used, now);
        return _wasMost;
    }
}
