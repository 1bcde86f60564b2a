namespace CivitaiDownloader.Http;

/// <summary>
/// How many requests one host gets at a time: halved when it answers 429 or 503, one more after as many good answers as are allowed at a time
/// (additive increase, multiplicative decrease). A slot is held until its answer is disposed.
/// </summary>
internal sealed class HostGate(int most, TimeProvider time)
{
    // One burst of refusals is one sign of overload, not many.
    private static readonly TimeSpan OneBurst = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new(); // guards everything below
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private int _inUse;
    private readonly int _most = most;
    private int _limit = most;
    private int _good;
    private long _halvedAt;

    public int Limit
    {
        get
        {
            lock (_lock) return _limit;
        }
    }

    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource turn;
        lock (_lock)
        {
            if (_inUse < _limit)
            {
                _inUse++;
                return new Slot(this);
            }

            turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
        }

        await using var cancelled = cancellationToken.Register(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), turn);
        await turn.Task;
        return new Slot(this);
    }

    public void Overloaded()
    {
        lock (_lock)
        {
            if (_halvedAt != 0 && time.GetElapsedTime(_halvedAt) < OneBurst) return;
            _halvedAt = time.GetTimestamp();
            _limit = Math.Max(1, _limit / 2);
            _good = 0;
        }
    }

    public void Answered()
    {
        lock (_lock)
        {
            if (_limit == _most || ++_good < _limit) return;
            _good = 0;
            _limit++;
            WakeWaiting_NeedsLock();
        }
    }

    private void Leave()
    {
        lock (_lock)
        {
            _inUse--;
            WakeWaiting_NeedsLock();
        }
    }

    private void WakeWaiting_NeedsLock()
    {
        while (_inUse < _limit && _waiting.TryDequeue(out var turn))
        {
            if (turn.TrySetResult()) _inUse++;
        }
    }

    private sealed class Slot(HostGate gate) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) gate.Leave();
        }
    }
}
