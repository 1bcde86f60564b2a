using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Transfer.Sources;

/// <summary>The connections that all transfers together may have, shared out in the order they were asked for. Safe from any thread.</summary>
internal sealed class ConnectionPermits
{
    private readonly ITransferLimits _limits;
    private readonly WaitingLine _line;

    public ConnectionPermits(ITransferLimits limits)
    {
        (_limits, _line) = (limits, new(Math.Max(1, limits.Connections)));
        limits.WhenRaised(() => _line.Limit = Math.Max(1, limits.Connections));
    }

    public int PerFile => Math.Max(1, _limits.ConnectionsPerFile);

    /// <summary>Waits for a connection; it is given back when the result is disposed.</summary>
    public ValueTask<IDisposable> EnterAsync(CancellationToken cancellationToken)
    {
        _line.Limit = Math.Max(1, _limits.Connections);
        return _line.EnterAsync(cancellationToken);
    }
}
