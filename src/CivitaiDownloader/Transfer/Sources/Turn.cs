using CivitaiDownloader.Http;

namespace CivitaiDownloader.Transfer.Sources;

/// <summary>All it takes to make one request: one of the connections that all files may have, a link, and one of the places of its host. Given back when it is disposed.</summary>
/// <param name="Permit">Null for a request that shares a connection: that is none of those that files have.</param>
/// <param name="Answer">Where it is there already; it goes with the turn.</param>
internal sealed record Turn(IDisposable? Permit, Uri Link, IDisposable Place, OutboundAnswer? Answer = null) : IAsyncDisposable
{
    /// <summary>What the place is of: a connection, or requests that share one.</summary>
    public Sharing Sharing { get; init; } = Sharing.OwnConnection;

    public async ValueTask DisposeAsync()
    {
        if (Answer is not null) await Answer.DisposeAsync();
        Place.Dispose();
        Permit?.Dispose();
    }
}
