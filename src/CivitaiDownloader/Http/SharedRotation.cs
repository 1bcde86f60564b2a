namespace CivitaiDownloader.Http;

/// <summary>
/// Over which of the connections that are shared the next request goes: in turn, but only one request waits for a connection to be opened; the others go over
/// those that are open. Safe from any thread.
/// </summary>
internal sealed class SharedRotation
{
    private enum Connection
    {
        Closed,
        Opening,
        Open,
    }

    private readonly Lock _lock = new(); // guards what follows
    private readonly Connection[] _connections = new Connection[HostPlaces.MostShared];
    private int _last;

    /// <param name="needed">How many connections the requests that are out need: from 1 to <see cref="HostPlaces.MostShared"/>.</param>
    /// <returns>The connection, from 0. How the request went is told by <see cref="Answered"/> or <see cref="Failed"/>.</returns>
    public int Take(int needed)
    {
        lock (_lock)
        {
            _last = (_last + 1) % needed;
            if (_connections[_last] == Connection.Closed) _connections[_last] = Connection.Opening;
            else if (_connections[_last] == Connection.Opening) _last = NextOpen(needed) ?? _last;
            return _last;
        }
    }

    public void Answered(int index)
    {
        lock (_lock) _connections[index] = Connection.Open;
    }

    /// <summary>Nothing came over it: nobody knows whether it is open.</summary>
    public void Failed(int index)
    {
        lock (_lock) _connections[index] = Connection.Closed;
    }

    private int? NextOpen(int needed)
    {
        for (var step = 1; step < needed; step++)
        {
            var index = (_last + step) % needed;
            if (_connections[index] == Connection.Open) return index;
        }

        return null;
    }
}
