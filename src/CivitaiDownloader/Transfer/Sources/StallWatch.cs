namespace CivitaiDownloader.Transfer.Sources;

/// <summary>
/// Cancels a connection that has delivered no byte for the stall limit. The byte path only counts; a timer looks. Time in which nobody reads, because the
/// disk or the digest is waited for, is not the host's silence.
/// </summary>
internal sealed class StallWatch : IDisposable
{
    private readonly CancellationTokenSource _either;
    private readonly TimeSpan _limit;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private long _bytes;
    private long _seen;
    private long _quietSince;
    private volatile bool _stalled;
    private volatile bool _dropped;
    private volatile bool _isReading;

    public StallWatch(TimeSpan limit, TimeProvider time, CancellationToken caller)
    {
        (_limit, _time) = (limit, time);
        _either = CancellationTokenSource.CreateLinkedTokenSource(caller);
        _quietSince = time.GetTimestamp();
        var look = TimeSpan.FromTicks(Math.Max(limit.Ticks / 8, TimeSpan.TicksPerMillisecond * 50));
        _timer = time.CreateTimer(static state => ((StallWatch)state!).Look(), this, look, look);
    }

    /// <summary>Cancelled by the caller, by silence or by <see cref="Drop"/>; <see cref="Stalled"/> and <see cref="Dropped"/> tell which.</summary>
    public CancellationToken Token => _either.Token;

    public bool Stalled => _stalled;

    public bool Dropped => _dropped;

    /// <summary>Whether the host is waited for. Not from the start.</summary>
    public bool IsReading
    {
        get => _isReading;
        set => _isReading = value;
    }

    /// <summary>Lets go of the connection: it is too slow.</summary>
    public void Drop()
    {
        _dropped = true;
        CancelQuietly();
    }

    public void Count(int bytes) => Volatile.Write(ref _bytes, _bytes + bytes);

    public void Dispose()
    {
        _timer.Dispose();
        _either.Dispose();
    }

    private void Look()
    {
        var bytes = Volatile.Read(ref _bytes);
        if (bytes != _seen || !_isReading)
        {
            _seen = bytes;
            _quietSince = _time.GetTimestamp();
        }
        else if (_time.GetElapsedTime(_quietSince) >= _limit)
        {
            _stalled = true;
            CancelQuietly();
        }
    }

    private void CancelQuietly()
    {
        try
        {
            _either.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The connection ended by itself between the look and the cancel.
        }
    }
}
