namespace CivitaiDownloader.Http;

/// <summary>
/// What one host gets at a time: connections, and where it speaks HTTP/2 requests that share one. Before that is known, and where it does not, every request
/// is a connection. Safe from any thread.
/// </summary>
internal sealed class HostPlaces(HttpOptions options, TimeProvider time)
{
    /// <summary>Connections that requests share: hosts and lines have limits for each connection, too.</summary>
    public const int MostShared = 4;

    // A connection more for so many requests that are out.
    private const int RequestsForOne = 4;

    // What is small is all round trips: more connections than this bring it nothing but their handshakes.
    private const int MostOfSmall = 16;

    private readonly HostGate _connections = new(options.MaxConnectionsPerHost, time);
    private readonly HostGate _small = new(Math.Min(options.MaxConnectionsPerHost, MostOfSmall), time);
    private readonly HostGate _streams = new(options.MaxStreamsPerHost, time);

    private readonly int _mostShared = Math.Clamp(options.MaxConnectionsPerHost / 4, 1, MostShared);

    public HostProtocol Protocol { get; } = new();

    /// <summary>Over which of the connections that are shared the next request goes; as many are used as the requests that are out need.</summary>
    public SharedRotation Shared { get; } = new();

    /// <summary>How many connections the requests that share them need.</summary>
    public int SharedNeeded
    {
        get
        {
            var left = Math.Clamp(options.MaxConnectionsPerHost - _connections.Taken, 1, _mostShared);
            return Math.Clamp((_streams.Taken + RequestsForOne - 1) / RequestsForOne, 1, left);
        }
    }

    /// <summary>Whether a place is one among requests that share connections.</summary>
    public static bool IsShared(IDisposable place) => place is StreamPlace;

    public ValueTask<IDisposable> EnterAsync(Sharing sharing, CancellationToken cancellationToken) => sharing switch
    {
        Sharing.OwnConnection => EnterOwnAsync(cancellationToken),
        _ when Protocol.IsHttp2 => EnterStreamAsync(cancellationToken),
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

    // Those that are shared are connections as well.
    private ValueTask<IDisposable> EnterOwnAsync(CancellationToken cancellationToken)
    {
        _connections.Most = Protocol.IsHttp2 ? Math.Max(1, options.MaxConnectionsPerHost - _mostShared) : options.MaxConnectionsPerHost;
        return _connections.EnterAsync(cancellationToken);
    }

    // Many begin at once, and the first answer tells: who waits for a connection then need not.
    private async ValueTask<IDisposable> EnterAnyAsync(CancellationToken cancellationToken)
    {
        using var noLonger = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var waiting = EnterBothAsync(noLonger.Token).AsTask();
        if (!waiting.IsCompleted && await Task.WhenAny(waiting, Protocol.UntilHttp2) != waiting) await noLonger.CancelAsync();
        try
        {
            return await waiting;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return await EnterStreamAsync(cancellationToken);
        }
    }

    private async ValueTask<IDisposable> EnterStreamAsync(CancellationToken cancellationToken) => new StreamPlace(await _streams.EnterAsync(cancellationToken));

    private async ValueTask<IDisposable> EnterBothAsync(CancellationToken cancellationToken)
    {
        var small = await _small.EnterAsync(cancellationToken);
        try
        {
            return new Both(await _connections.EnterAsync(cancellationToken), small);
        }
        catch
        {
            small.Dispose();
            throw;
        }
    }

    /// <summary>A place among requests that share connections: no place to open another one with.</summary>
    public sealed class StreamPlace(IDisposable place) : IDisposable
    {
        public void Dispose() => place.Dispose();
    }

    private sealed class Both(IDisposable one, IDisposable other) : IDisposable
    {
        public void Dispose()
        {
            one.Dispose();
            other.Dispose();
        }
    }
}
