using System.Net;
using System.Net.Http;

namespace CivitaiDownloader.Http;

/// <summary>
/// The proxy that requests go through: HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY, in either case, else the system's own setting on Windows and
/// macOS. This machine is always asked directly: a proxy elsewhere would take the name for itself.
/// </summary>
public sealed class ProxyRoute : IWebProxy
{
    private static readonly string[] Variables = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"];

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

    /// <summary>The first proxy variable whose value is no proxy's address: the platform would pass it over in silence and ask directly.</summary>
    public static string? UnusableVariable() => Variables.FirstOrDefault(name => !name.StartsWith("no", StringComparison.OrdinalIgnoreCase) && Environment.GetEnvironmentVariable(name) is { Length: > 0 } value && !IsUsable(value));

    public bool IsBypassed(Uri host) => host.IsLoopback || IsExempt(host, Environment.GetEnvironmentVariable("no_proxy") ?? Environment.GetEnvironmentVariable("NO_PROXY")) || _system.IsBypassed(host) || _system.GetProxy(host) is null;

    /// <summary>The variables about proxies that are set, by name.</summary>
    public static IReadOnlyList<string> SetVariables() => [.. Variables.Where(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name))).DistinctBy(name => name.ToUpperInvariant())];

    /// <summary>As it may be shown: neither name nor password.</summary>
    public static string Shown(Uri proxy) => proxy.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);

    /// <summary>Whether a connection to <paramref name="end"/> for this request is one to the proxy.</summary>
    internal bool IsOn(DnsEndPoint end, HttpRequestMessage request) => request.Method == HttpMethod.Connect // a tunnel is asked of nobody else
        || (request.RequestUri is { } wanted && GetProxy(wanted) is { } proxy && proxy.Port == end.Port && Bare(proxy.IdnHost).Equals(Bare(end.Host), StringComparison.OrdinalIgnoreCase));

    // As curl and others read it: a star for every host, a name for itself and all below it, with a port for that port only.
    internal static bool IsExempt(Uri host, string? list)
    {
        foreach (var entry in (list ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries))
        {
            if (entry == "*") return true;
            var colon = entry.LastIndexOf(':');
            var hasPort = colon > 0 && !entry.EndsWith(']') && entry.IndexOf(':') == colon && ushort.TryParse(entry.AsSpan(colon + 1), out _);
            if (hasPort && entry[(colon + 1)..] != host.Port.ToString(System.Globalization.CultureInfo.InvariantCulture)) continue;
            var name = Bare(hasPort ? entry[..colon] : entry).TrimStart('.');
            if (name.Length > 0 && (Bare(host.IdnHost).Equals(name, StringComparison.OrdinalIgnoreCase) || Bare(host.IdnHost).EndsWith("." + name, StringComparison.OrdinalIgnoreCase))) return true;
        }

        return false;
    }

    private static bool IsUsable(string value) => Uri.TryCreate(value.Contains("://", StringComparison.Ordinal) ? value : "http://" + value, UriKind.Absolute, out var proxy)
        && proxy.Scheme is ("http" or "https" or "socks4" or "socks4a" or "socks5") && proxy.Host.Length > 0;

    private static string Bare(string host) => host.Trim('[', ']');
}
