using System.Net.Http;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Http;

/// <summary>The proxy that requests take, as the system or HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY have it. Its user name and password never print.</summary>
public static class ProxyInUse
{
    private static readonly string[] Variables = ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"];

    /// <summary>Null when the address is reached directly.</summary>
    public static RedactedUri? For(Uri address) => HttpClient.DefaultProxy.GetProxy(address) is { } proxy ? new RedactedUri(proxy) : null;

    /// <summary>The variables about proxies that are set, by name.</summary>
    public static IReadOnlyList<string> SetVariables() => [.. Variables.Where(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name))).DistinctBy(name => name.ToUpperInvariant())];
}
