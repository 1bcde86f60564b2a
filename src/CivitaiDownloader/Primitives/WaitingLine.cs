namespace CivitaiDownloader.Primitives;

/// <summary>Places of which only so many are taken at a time; whoever comes when all are taken waits, and is let in in the order of coming. Safe from any thread.</summary>
internal sealed class WaitingLine(int limit)
{
    private readonly Lock _lock = new(); // guards everything below
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private int _limit = limit;
    private int _taken;

    /// <summary>To raise it lets in who waits; to lower it puts nobody out.</summary>
    public int Limit
    {
        get
        {
            lock (_lock) return _limit;
        }
        set
        {
            lock (_lock)
            {
                _limit = value;
                LetIn_NeedsLock();
            }
        }
    }

    /// <summary>Places that are taken now.</summary>
    public int Taken
    {
        get
        {
            lock (_lock) return _taken;
        }
    }

    /// <summary>Waits for a place; it is given back when the result is disposed.</summary>
    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource turn;
        lock (_lock)
        {
            if (_taken < _limit)
            {
                _taken++;
                return new Place(this);
            }

            turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
        }

        await using var cancelled = cancellationToken.Register(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), turn);
        await turn.Task;
        return new Place(this);
    }

    private void Leave()
    {
        lock (_lock)
        {
            _taken--;
            LetIn_NeedsLock();
        }
    }

    private void LetIn_NeedsLock()
    {
        while (_taken < _limit && _waiting.TryDequeue(out var turn))
        {
            if (turn.TrySetResult()) _taken++; // else it was cancelled
        }
    }

    private sealed class Place(WaitingLine line) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) line.Leave();
        }
    }
}
