using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace CivitaiDownloader.Tests.Http;

/// <summary>
/// A proxy on loopback that answers for one public https host itself, with a certificate the program is told to trust, and refuses every other: so a program
/// whose endpoint is the public site is tried without a network. It remembers where it was asked to lead.
/// </summary>
internal sealed class TrustedProxy : IAsyncDisposable
{
    private readonly string _host;
    private readonly Func<string, string> _answer;
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly X509Certificate2 _certificate;
    private readonly Task _running;

    /// <param name="answer">A whole HTTP/1.1 answer for a path with its query.</param>
    public TrustedProxy(string host, Func<string, string> answer)
    {
        (_host, _answer) = (host, answer);
        _certificate = TestCertificate.For(host);
        _listener.Start();
        _running = AcceptAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}/");

    /// <summary>What came before any tunnel: <c>CONNECT host:port</c>, or a plain request with its address.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public Task SaveCertificateAsync(string path, CancellationToken cancellationToken) => File.WriteAllTextAsync(path, _certificate.ExportCertificatePem(), cancellationToken);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        await _running;
        _certificate.Dispose();
        _end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptTcpClientAsync(_end.Token));
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            using var _ = client;
            var plain = client.GetStream();
            var asked = (await HeadAsync(plain)).Split('\r')[0];
            Asked.Enqueue(asked[..asked.LastIndexOf(' ')]);
            var isOurs = asked.StartsWith($"CONNECT {_host}:443 ", StringComparison.Ordinal);
            await plain.WriteAsync(Encoding.ASCII.GetBytes(isOurs ? "HTTP/1.1 200 OK\r\n\r\n" : "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n"), _end.Token);
            if (!isOurs) return;
            await using var secure = new SslStream(plain);
            await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _end.Token);
            while (await HeadAsync(secure) is { Length: > 0 } request) await secure.WriteAsync(Encoding.UTF8.GetBytes(_answer(request.Split(' ')[1])), _end.Token);
        }
        catch (Exception over) when (over is IOException or OperationCanceledException or SocketException or System.Security.Authentication.AuthenticationException)
        {
            // The program hung up, or the test is over.
        }
    }

    private async Task<string> HeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _end.Token) == 0) return "";
            head.Append((char)one[0]);
        }

        return head.ToString();
    }
}
