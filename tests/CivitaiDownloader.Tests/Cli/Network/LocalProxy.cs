using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CivitaiDownloader.Tests.Cli.Network;

/// <summary>
/// A proxy on loopback that knows CONNECT and plain forwarding, and remembers who was asked for. Whatever host is named, it leads to the same port of
/// this machine, so that a test may use addresses that exist nowhere.
/// </summary>
internal sealed class LocalProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private readonly Func<string, int?> _refuse;

    /// <param name="refuse">The status to answer with, from the request's header; null to let it through.</param>
    public LocalProxy(Func<string, int?>? refuse = null)
    {
        _refuse = refuse ?? (_ => null);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>The first line of each request: <c>CONNECT host:port HTTP/1.1</c>, <c>GET http://host/… HTTP/1.1</c>.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true) serving.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using (client)
            {
                var stream = client.GetStream();
                while (await ReadHeaderAsync(stream) is { } header && await AnswerAsync(stream, header)) { }
            }
        }
        catch (Exception end) when (end is OperationCanceledException or IOException or SocketException)
        {
            // One side has hung up.
        }
    }

    /// <returns>True when another request may follow on the connection.</returns>
    private async Task<bool> AnswerAsync(NetworkStream client, string header)
    {
        var line = header.Split("\r\n")[0];
        Asked.Enqueue(line);
        if (_refuse(header) is { } status)
        {
            var challenge = status == 407 ? "Proxy-Authenticate: Basic realm=\"test\"\r\n" : "";
            await client.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status} Refused\r\n{challenge}Content-Length: 0\r\n\r\n"), _stop.Token);
            return true;
        }

        var words = line.Split(' ');
        var isTunnel = words[0] == "CONNECT";
        var target = new Uri(isTunnel ? "https://" + words[1] : words[1]);
        using var server = new TcpClient();
        await server.ConnectAsync(IPAddress.Loopback, target.Port, _stop.Token);
        if (isTunnel) await client.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), _stop.Token);
        else await server.GetStream().WriteAsync(Encoding.UTF8.GetBytes(header.Replace(words[1], target.PathAndQuery, StringComparison.Ordinal).Replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n", StringComparison.Ordinal)), _stop.Token);
        var there = client.CopyToAsync(server.GetStream(), _stop.Token);
        await server.GetStream().CopyToAsync(client, _stop.Token);
        client.Close();
        await there.ContinueWith(static _ => { }, TaskScheduler.Default);
        return false;
    }

    private async Task<string?> ReadHeaderAsync(NetworkStream stream)
    {
        var header = new StringBuilder();
        var one = new byte[1]; // nothing beyond the header may be taken from the tunnel
        while (await stream.ReadAsync(one, _stop.Token) == 1)
        {
            header.Append((char)one[0]);
            if (header.Length > 4 && header.ToString(header.Length - 4, 4) == "\r\n\r\n") return header.ToString();
        }

        return null;
    }
}
