namespace CivitaiDownloader.Http;

/// <summary>
/// What one host gets at a time: connections, and where it speaks HTTP/2 requests that share one. Before that is known, and where it does not, every request
/// is a connection. Safe from any thread.
/// </summary>
internal sealed class HostPlaces(HttpOptions options, TimeProvider time)
{
    private readonly HostGate _connections = new(options.MaxConnectionsPerHost, time);
    private readonly HostGate _streams = new(Math.Max(options.MaxStreamsPerHost, options.MaxConnectionsPerHost), time);

    public HostProtocol Protocol { get; } = new();

    public ValueTask<IDisposable> EnterAsync(Sharing sharing, CancellationToken cancellationToken) => sharing switch
    {
        Sharing.OwnConnection => _connections.EnterAsync(cancellationToken),
        _ when Protocol.IsHttp2 => _streams.EnterAsync(cancellationToken),
        _ => EnterAnyAsync(cancellationToken),
    };

    /// <summary>The host has said that it is too much.</summary>
    public void Overloaded()
    {
        _connections.Overloaded();
        _streams.Overloaded();
    }

    public void Answered(Sharing sharing)
    {
        if (sharing == Sharing.Any && Protocol.IsHttp2) _streams.Answered();
        else _connections.Answered();
    }

    // Many begin at once, and the first answer tells: who waits for a connection then need not.
    private async ValueTask<IDisposable> EnterAnyAsync(CancellationToken cancellationToken)
    {
        using var noLonger = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var connection = _connections.EnterAsync(noLonger.Token);
        if (connection.IsCompletedSuccessfully) return connection.Result;
        var waiting = connection.AsTask();
        if (await Task.WhenAny(waiting, Protocol.UntilHttp2) != waiting) await noLonger.CancelAsync();
        try
        {
            return await waiting;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return await _streams.EnterAsync(cancellationToken);
        }
    }
}
