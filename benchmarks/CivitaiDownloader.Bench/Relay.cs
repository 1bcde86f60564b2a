using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace CivitaiDownloader.Bench;

/// <summary>
/// A TCP relay between a program and nginx that is as far away, as narrow and as unreliable as its settings say. A connection costs a round trip to open, as a real one
/// does. Its buffers are small, so that what waits for the line waits at the origin.
/// </summary>
internal sealed class Relay : IDisposable
{
    private const int SocketBufferBytes = 256 << 10;
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly RelaySettings _settings;
    private readonly LineRate[] _line;
    private readonly Lock _lock = new();
    private Random _chance = new(0); // under _lock
    private int _opened;
    private int _target;

    public Relay(RelaySettings settings)
    {
        (_settings, _line) = (settings, settings.BytesPerSecond is { } rate ? [new(rate)] : []);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndPoint!).Port;

    /// <summary>Connections since the last <see cref="StartOver"/>.</summary>
    public int Opened => _opened;

    /// <summary>The origin's port, known later than the relay's own, which the origin's links name.</summary>
    public void LeadTo(int port) => _target = port;

    /// <summary>From here on, the lives of connections are those of this seed.</summary>
    public void StartOver(int seed)
    {
        lock (_lock) _chance = new(seed);
        Interlocked.Exchange(ref _opened, 0);
    }

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = JoinAsync(await _listener.AcceptAsync());
        }
        catch (Exception ended) when (ended is ObjectDisposedException or SocketException)
        {
            // closed by Dispose
        }
    }

    private async Task JoinAsync(Socket client)
    {
        Interlocked.Increment(ref _opened);
        using var origin = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = SocketBufferBytes };
        using (client)
        {
            client.NoDelay = true;
            client.SendBufferSize = SocketBufferBytes;
            var open = Stopwatch.GetTimestamp() + (long)(_settings.RoundTrip.TotalSeconds * Stopwatch.Frequency);
            try
            {
                await origin.ConnectAsync(IPAddress.Loopback, _target);
                var up = new RelayLink(client, origin, _settings.RoundTrip / 2) { OpenFrom = open };
                var down = new RelayLink(origin, client, _settings.RoundTrip / 2) { Rates = Rates(), Life = Life() };
                var (sending, receiving) = (up.CarryAsync(), down.CarryAsync());
                await await Task.WhenAny(sending, receiving);
                if (down.IsCut) client.LingerState = new(true, 0);
                else await sending; // a program that has sent its last word wants no more either
            }
            catch (Exception ended) when (ended is SocketException or ObjectDisposedException or ChannelClosedException)
            {
                // One end has gone: what was under way to it is nobody's any more, and both are closed.
            }
        }
    }

    private LineRate[] Rates() => _settings.BytesPerSecondOfEach is { } rate ? [new(rate), .. _line] : _line;

    private long Life()
    {
        if (_settings.MeanBytesUntilCut is not { } mean) return long.MaxValue;
        lock (_lock) return 1 + (long)(-Math.Log(1 - _chance.NextDouble()) * mean);
    }
}
