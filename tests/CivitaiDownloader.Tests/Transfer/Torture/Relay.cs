using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace CivitaiDownloader.Tests.Transfer.Torture;

/// <summary>A TCP relay on loopback that treats every connection as it is told. Bytes go through unchanged unless the connection's course says otherwise.</summary>
internal sealed class Relay : IAsyncDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<int, Task> _connections = new();
    private readonly ConcurrentQueue<string> _log = new();
    private readonly Uri _origin;
    private readonly Func<int, RelayCourse> _courses;
    private readonly int _seed;
    private readonly Task _accepting;

    /// <param name="courses">What becomes of a connection, by its number; the first is 1.</param>
    /// <param name="seed">For what varies within a course.</param>
    public Relay(Uri origin, Func<int, RelayCourse> courses, int seed)
    {
        (_origin, _courses, _seed) = (origin, courses, seed);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(128);
        Address = new UriBuilder(origin) { Port = ((IPEndPoint)_listener.LocalEndPoint!).Port }.Uri;
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Connections there have been, and what became of each.</summary>
    public IReadOnlyCollection<string> Log => _log;

    /// <summary>Whether any connection was given a course that changes bytes.</summary>
    public bool Lied { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        await Task.WhenAll(_connections.Values);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        for (var number = 1; ; number++)
        {
            try
            {
                var client = await _listener.AcceptAsync(_stop.Token);
                var course = _courses(number);
                Lied |= course.Lies;
                _log.Enqueue($"connection {number}: {course}");
                _connections[number] = CarryAsync(client, new(course, new(HashCode.Combine(_seed, number))));
            }
            catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                return;
            }
        }
    }

    private async Task CarryAsync(Socket client, RelayConnection connection)
    {
        await Task.Yield();
        using (client)
        {
            try
            {
                await connection.CarryAsync(client, new(IPAddress.Loopback, _origin.Port), _stop.Token);
            }
            catch (Exception ended) when (ended is OperationCanceledException or ObjectDisposedException or SocketException)
            {
                // One of the two sides is gone, or the test is over.
            }
        }
    }
}
