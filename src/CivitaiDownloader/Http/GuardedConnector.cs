using System.Net;
using System.Net.Http;
using System.Net.Sockets;

namespace CivitaiDownloader.Http;

/// <summary>Finds a host's addresses.</summary>
public delegate Task<IPAddress[]> NameResolver(string host, CancellationToken cancellationToken);

/// <summary>
/// Opens connections only to addresses that were checked after the name was resolved, so that a name which resolves to a public address first and to
/// this machine later is refused at the moment of connecting.
/// </summary>
internal sealed class GuardedConnector(AddressPolicy policy, ProxyRoute proxies, NameResolver resolve)
{
    private static readonly TimeSpan EachOfSeveral = TimeSpan.FromSeconds(4);

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var found = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, cancellationToken);
        // A proxy is named by the user, and it resolves the target itself.
        var allowed = proxies.IsOn(context.DnsEndPoint, context.InitialRequestMessage) ? found : found.Where(policy.Allows).ToArray();
        if (allowed.Length == 0 && found.Length > 0) throw HttpErrors.AddressRefused(host, $"it resolves to {found[0]}, an address inside a network");
        if (allowed.Length == 0) throw new SocketException((int)SocketError.HostNotFound);
        return await ConnectToAnyAsync(allowed, context.DnsEndPoint.Port, cancellationToken);
    }

    private static async Task<Stream> ConnectToAnyAsync(IPAddress[] addresses, int port, CancellationToken cancellationToken)
    {
        for (var i = 0; ; i++)
        {
            var isLast = i == addresses.Length - 1;
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            if (!isLast) limit.CancelAfter(EachOfSeveral);
            try
            {
                return await ConnectToAsync(new(addresses[i], port), limit.Token);
            }
            catch (Exception failure) when (!isLast && !cancellationToken.IsCancellationRequested
                                            && failure is SocketException or OperationCanceledException)
            {
                // The next address may answer.
            }
        }
    }

    private static async Task<Stream> ConnectToAsync(IPEndPoint address, CancellationToken cancellationToken)
    {
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        ReceiveWindow.Bound(socket);
        try
        {
            await socket.ConnectAsync(address, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
