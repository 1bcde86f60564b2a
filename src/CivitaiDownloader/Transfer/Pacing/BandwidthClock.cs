namespace CivitaiDownloader.Transfer.Pacing;

/// <summary>
/// Keeps a limit to a timetable: at once, when an entry's time comes, and by a look each minute, whatever was done to the clock of the machine or its time
/// zone in between.
/// </summary>
public sealed class BandwidthClock : IDisposable
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(10); // a timer that comes early finds the entry's time not there yet

    private readonly Lock _lock = new(); // guards the timetable and what follows from it
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private BandwidthTimetable _timetable;
    private bool _disposed;

    public BandwidthClock(BandwidthLimit limit, BandwidthTimetable timetable, TimeProvider time)
    {
        (Limit, _timetable, _time) = (limit, timetable, time);
        _timer = time.CreateTimer(static state => ((BandwidthClock)state!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Look();
    }

    public BandwidthLimit Limit { get; }

    /// <summary>Another one applies at once.</summary>
    public BandwidthTimetable Timetable
    {
        get
        {
            lock (_lock) return _timetable;
        }

        set
        {
            lock (_lock)
            {
                _timetable = value;
                Look_NeedsLock();
            }
        }
    }

    public void Dispose()
    {
        lock (_lock) _disposed = true;
        _timer.Dispose();
    }

    private void Look()
    {
        lock (_lock) Look_NeedsLock();
    }

    private void Look_NeedsLock()
    {
        if (_disposed) return;
        var local = _time.GetLocalNow().DateTime;
        var now = _timetable.At(local);
        Limit.BytesPerSecond = now.BytesPerSecond;
        _timer.Change(now.ChangesAt is { } change ? TimeSpan.FromTicks(Math.Clamp((change - local).Ticks, Shortest.Ticks, BetweenLooks.Ticks)) : Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }
}
