namespace CivitaiDownloader.Http;

/// <summary>
/// What is known of the protocol a host speaks where it has the choice (ALPN). HTTP/2 is told by an answer; a host, or something on the way to it, that cannot
/// go through with it is asked over HTTP/1.1 from then on. Safe from any thread.
/// </summary>
internal sealed class HostProtocol
{
    private const int MostFailures = 3; // in a row

    private readonly Lock _lock = new(); // guards what follows
    private TaskCompletionSource _spoken = NewSource();
    private int _failures;
    private bool _isRefused;

    /// <summary>Whether its last answers came over HTTP/2.</summary>
    public bool IsHttp2
    {
        get
        {
            lock (_lock) return _spoken.Task.IsCompleted;
        }
    }

    /// <summary>False where it was tried in vain.</summary>
    public bool MayBeHttp2
    {
        get
        {
            lock (_lock) return !_isRefused && _failures < MostFailures;
        }
    }

    /// <summary>Ends when an answer comes over HTTP/2; ended already where one has.</summary>
    public Task UntilHttp2
    {
        get
        {
            lock (_lock) return _spoken.Task;
        }
    }

    /// <summary>An answer to a request that might have come over HTTP/2.</summary>
    public void Answered(Version version)
    {
        lock (_lock)
        {
            if (version.Major < 2)
            {
                if (_spoken.Task.IsCompleted) _spoken = NewSource();
                return;
            }

            if (_isRefused) return; // of a connection from before
            _spoken.TrySetResult();
        }
    }

    /// <summary>As much of an answer has come as is waited for here: its head, or all of it.</summary>
    public void WentThrough()
    {
        lock (_lock) _failures = 0;
    }

    /// <summary>HTTP/2 itself failed, not the host behind it.</summary>
    public void Failed()
    {
        lock (_lock)
        {
            if (++_failures >= MostFailures && _spoken.Task.IsCompleted) _spoken = NewSource();
        }
    }

    /// <summary>A host that spoke it does not any more.</summary>
    public void Refused()
    {
        lock (_lock)
        {
            _isRefused = true;
            if (_spoken.Task.IsCompleted) _spoken = NewSource();
        }
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
