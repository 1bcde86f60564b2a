using System.Net;
using System.Net.Sockets;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Http;

/// <summary>
/// Which addresses may be visited, and which may see the key. With a public endpoint: https to public hosts on the standard port, nothing else, whatever
/// an answer or a redirect says. When the endpoint that the user set is itself a loopback or private address, its links may point to such addresses too.
/// </summary>
public sealed class AddressPolicy(Uri endpoint)
{
    private static readonly string[] InsideSuffixes = [".local", ".localhost", ".localdomain", ".internal", ".intranet", ".lan", ".home", ".home.arpa", ".corp", ".private", ".onion"];
    private static readonly HashSet<string> SignInHosts = ["civitai.com", "www.civitai.com", "civitai.red", "www.civitai.red", "civitai.green", "www.civitai.green"];

    private readonly bool _insideAllowed = IsInside(endpoint);

    /// <summary>True for an address that is, by its own letters, this machine or a private network.</summary>
    public static bool IsInside(Uri address) => IPAddress.TryParse(address.IdnHost, out var literal)
        ? !InsideAddress.IsPublic(literal)
        : address.IdnHost.Equals("localhost", StringComparison.OrdinalIgnoreCase);

    /// <summary>Makes an address of what a host sent (a link, a Location header) and checks it.</summary>
    /// <exception cref="HttpException">It may not be visited.</exception>
    public Uri Resolve(Uri baseAddress, string location)
    {
        if (location.AsSpan().ContainsAnyInRange('\0', ' ') || location.Contains('\\') || location.Contains('\x7f'))
            throw HttpErrors.AddressRefused(WithoutQuery(location), "it holds a character that no address has");
        if (!Uri.TryCreate(baseAddress, location, out var address)) throw HttpErrors.AddressRefused(WithoutQuery(location), "it is not an address");
        Check(address);
        return address;
    }

    /// <exception cref="HttpException">The address may not be visited.</exception>
    public void Check(Uri address)
    {
        if (Refusal(address) is { } why) throw HttpErrors.AddressRefused(new RedactedUri(address).ToString(), why);
    }

    /// <summary>Whether a connection to this resolved address is allowed.</summary>
    public bool Allows(IPAddress address) => _insideAllowed || InsideAddress.IsPublic(address);

    /// <summary>Whether the key may go there: to the site that is set as the endpoint, by exact name, and nowhere else. Where files are stored is no part of a site.</summary>
    public bool MaySignIn(Uri address) => SameSite(address, endpoint);

    public static bool SameOrigin(Uri one, Uri other) =>
        one.Scheme == other.Scheme && one.Port == other.Port && one.IdnHost.Equals(other.IdnHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a key made for one is a key of the other: the same origin, or both Civitai, whose names are one site with one set of accounts.</summary>
    public static bool SameSite(Uri one, Uri other) => SameOrigin(one, other) || (IsCivitai(one) && IsCivitai(other));

    private static bool IsCivitai(Uri address) => address.Scheme == Uri.UriSchemeHttps && address.IsDefaultPort && SignInHosts.Contains(address.IdnHost.ToLowerInvariant());

    private string? Refusal(Uri address)
    {
        if (!address.IsAbsoluteUri) return "it is not absolute";
        if (address.Scheme is not ("https" or "http")) return $"its scheme is '{address.Scheme}'";
        if (address.UserInfo.Length > 0) return "it holds a user name";
        if (SameOrigin(address, endpoint)) return null;
        if (_insideAllowed && IsInside(address)) return null;
        if (address.Scheme != Uri.UriSchemeHttps) return "it is not https";
        if (!address.IsDefaultPort) return $"its port is {address.Port}";
        return HostRefusal(address.OriginalString, address.IdnHost);
    }

    private static string? HostRefusal(string original, string host)
    {
        if (original.Contains('\\')) return "it holds a backslash";
        if (IPAddress.TryParse(host, out var literal)) return InsideAddress.IsPublic(literal) ? null : "it points inside a network";
        if (host.StartsWith("xn--", StringComparison.OrdinalIgnoreCase) || host.Contains(".xn--", StringComparison.OrdinalIgnoreCase))
            return "its host is not written in plain letters";
        if (Uri.CheckHostName(host) != UriHostNameType.Dns || !host.Contains('.')) return "its host is not a public name";
        if (host.Split('.')[^1] is var top && (top.Length == 0 || char.IsAsciiDigit(top[0]))) return "its host is not a public name";
        return InsideSuffixes.Any(suffix => host.EndsWith(suffix, StringComparison.OrdinalIgnoreCase)) ? "its host is a name inside a network" : null;
    }

    private static string WithoutQuery(string location) => location.Split('?', '#')[0];
}
