using System.Net;
using System.Net.Http;

namespace CivitaiDownloader.Http;

/// <summary>
/// The proxy that requests go through: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, in either case, else the system's own setting on Windows and
/// macOS. This machine is always asked directly: a proxy elsewhere would take the name for itself.
/// </summary>
public sealed class ProxyRoute : IWebProxy
{
    private readonly IWebProxy _system;

    public ProxyRoute() : this(HttpClient.DefaultProxy) { }

    internal ProxyRoute(IWebProxy system) => _system = system;

    /// <summary>Name and password from the proxy's address; never shown.</summary>
    public ICredentials? Credentials
    {
        get => _system.Credentials;
        set => throw new NotSupportedException("They are part of the proxy's address.");
    }

    /// <summary>The proxy on the way to an address; null when it is asked directly.</summary>
    public Uri? GetProxy(Uri destination) => IsBypassed(destination) ? null : _system.GetProxy(destination);

    public bool IsBypassed(Uri host) => host.IsLoopback || _system.IsBypassed(host) || _system.GetProxy(host) is null;

    /// <summary>As it may be shown: neither name nor password.</summary>
    public static string Shown(Uri proxy) => proxy.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>Whether a connection to <paramref name="end"/> for this request is one to the proxy.</summary>
    internal bool IsOn(DnsEndPoint end, HttpRequestMessage request) => request.Method == HttpMethod.Connect // a tunnel is asked of nobody else
        || (request.RequestUri is { } wanted && GetProxy(wanted) is { } proxy && proxy.Port == end.Port && Bare(proxy.IdnHost).Equals(Bare(end.Host), StringComparison.OrdinalIgnoreCase));

    private static string Bare(string host) => host.Trim('[', ']');
}
