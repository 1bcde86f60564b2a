namespace CivitaiDownloader.Transfer.Connections;

/// <summary>The connections that all transfers together may have, shared out in the order they were asked for. Safe from any thread.</summary>
internal sealed class ConnectionPermits(ITransferLimits limits)
{
    private readonly Lock _lock = new(); // guards everything below
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private int _inUse;

    public int PerFile => Math.Max(1, limits.ConnectionsPerFile);

    /// <summary>Waits for a connection; it is given back when the result is disposed.</summary>
    public async ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource turn;
        lock (_lock)
        {
            if (_inUse < Math.Max(1, limits.Connections) && _waiting.Count == 0)
            {
                _inUse++;
                return new Permit(this);
            }

            turn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(turn);
        }

        await using var cancelled = cancellationToken.Register(static (state, token) => ((TaskCompletionSource)state!).TrySetCanceled(token), turn);
        await turn.Task;
        return new Permit(this);
    }

    /// <summary>A connection that is open already: it is counted, and waits for nobody.</summary>
    public IDisposable EnterAtOnce()
    {
        lock (_lock) _inUse++;
        return new Permit(this);
    }

    private void Leave()
    {
        lock (_lock)
        {
            _inUse--;
            while (_inUse < Math.Max(1, limits.Connections) && _waiting.TryDequeue(out var turn))
            {
                if (turn.TrySetResult()) _inUse++;
            }
        }
    }

    private sealed class Permit(ConnectionPermits permits) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0) permits.Leave();
        }
    }
}
