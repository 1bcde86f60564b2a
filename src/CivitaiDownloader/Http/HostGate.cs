using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Http;

/// <summary>
/// How many requests one host gets at a time: halved when it answers 429 or 503, one more after as many good answers as are allowed at a time
/// (additive increase, multiplicative decrease). A place is held until its answer is disposed.
/// </summary>
internal sealed class HostGate(int most, TimeProvider time)
{
    // One burst of refusals is one sign of overload, not many.
    private static readonly TimeSpan OneBurst = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new(); // guards how the limit moves: _most, _good, _halvedAt
    private readonly WaitingLine _line = new(most);
    private int _most = most;
    private int _good;
    private long _halvedAt;

    public int Limit => _line.Limit;

    /// <summary>Places that are taken now.</summary>
    public int Taken => _line.Taken;

    /// <summary>The most that are ever allowed. To lower it puts nobody out.</summary>
    public int Most
    {
        get
        {
            lock (_lock) return _most;
        }
        set
        {
            lock (_lock)
            {
                _most = value;
                if (Limit > value) _line.Limit = value;
            }
        }
    }

    public ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken) => _line.EnterAsync(cancellationToken);

    public void Overloaded()
    {
        lock (_lock)
        {
            if (_halvedAt != 0 && time.GetElapsedTime(_halvedAt) < OneBurst) return;
            _halvedAt = time.GetTimestamp();
            _line.Limit = Math.Max(1, Limit / 2);
            _good = 0;
        }
    }

    public void Answered()
    {
        lock (_lock)
        {
            if (Limit >= _most || ++_good < Limit) return;
            _good = 0;
            _line.Limit++;
        }
    }
}
