using System.Net.Http;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Http;

/// <summary>Why there is no answer.</summary>
public enum HttpFault
{
    /// <summary>The address, or what it resolves to, may not be visited.</summary>
    AddressRefused,

    /// <summary>No connection, or one that broke before an answer.</summary>
    Unreachable,

    /// <summary>Connected or not, nothing came within the limits of <see cref="HttpOptions"/>.</summary>
    TimedOut,

    /// <summary>No secure connection: a certificate, a clock, or something that stands in between.</summary>
    TlsFailed,

    /// <summary>More than <see cref="Outbound.MaxHops"/>.</summary>
    TooManyRedirects,

    /// <summary>The host has failed so often that it is left alone for a while.</summary>
    CircuitOpen,

    /// <summary>Longer than it may be, decoded; see <see cref="HttpOptions.MaxApiAnswerBytes"/>.</summary>
    BodyTooLarge,

    /// <summary>No connection to the proxy, or the proxy has none.</summary>
    ProxyUnreachable,

    /// <summary>The proxy wants a name and password, or does not allow the host.</summary>
    ProxyRefused,

    /// <summary>Offline was asked for, and this needs the network.</summary>
    Offline,

    /// <summary>Offline was asked for, and this was never fetched before.</summary>
    NotInCache,
}

/// <summary>No answer came, after the attempts it deserved. What a host answered, whatever its status, is none of these.</summary>
public sealed class HttpException(HttpFault fault, string message, Exception? inner = null) : CivitaiDownloaderException(message, inner)
{
    public HttpFault Fault { get; } = fault;

    /// <summary>A connection was there and broke: somebody answers, if badly.</summary>
    public bool BrokeOff { get; init; }

    public override string Code => FaultName.ToCode(Fault.ToString());

    public override bool IsTransient => Fault is HttpFault.Unreachable or HttpFault.TimedOut or HttpFault.CircuitOpen or HttpFault.ProxyUnreachable;
}

/// <summary>Every message of the feature on one screen. Addresses appear redacted.</summary>
internal static class HttpErrors
{
    public static HttpException AddressRefused(string shown, string why) => new(HttpFault.AddressRefused,
        $"The address '{VisibleText.OneLine(shown, 200)}' is refused: {why}")
    { Hint = "Downloads come only over https from public hosts. If this is a host of your own, set it as the endpoint with --endpoint." };

    public static HttpException Unreachable(Uri address, Exception cause) => new(HttpFault.Unreachable,
        $"{address.Host} cannot be reached: {VisibleText.OneLine(Innermost(cause).Message)}", cause)
    {
        Hint = "Check the network and the proxy settings (HTTPS_PROXY), then run the same command again. Nothing is lost.",
        BrokeOff = cause is not HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError },
    };

    /// <summary>Headers came, a whole body did not: cut, or not what its encoding says. A network's fault like any other.</summary>
    public static HttpException BodyBroken(Uri address, Exception cause) => new(HttpFault.Unreachable,
        $"The answer of {address.Host} broke off or arrived garbled: {VisibleText.OneLine(Innermost(cause).Message)}", cause)
    { Hint = "The line or a proxy is failing; run the same command again in a while. Nothing is lost." };

    /// <param name="proxy">On the way, if there is one: which of the two is silent cannot be told.</param>
    public static HttpException TimedOut(Uri address, TimeSpan limit, Uri? proxy = null) => new(HttpFault.TimedOut,
        $"{address.Host} did not answer within {limit.TotalSeconds:0} s" + (proxy is null ? "" : $" through the proxy {ProxyRoute.Shown(proxy)}"))
    {
        Hint = proxy is null ? "The host or the line is overloaded; run the same command again in a while. Nothing is lost."
            : "The proxy, the host or the line is overloaded: check HTTPS_PROXY, HTTP_PROXY or ALL_PROXY, or run the same command again in a while; hosts in NO_PROXY are asked directly. Nothing is lost.",
    };

    public static HttpException TlsFailed(Uri address, Exception cause) => new(HttpFault.TlsFailed,
        $"No secure connection to {address.Host}: {VisibleText.OneLine(Innermost(cause).Message)}", cause)
    { Hint = "Check this machine's clock and certificates (SSL_CERT_FILE); a private authority, such as that of a proxy which opens TLS, goes into Http:CertificateAuthority. Nothing was sent." };

    public static HttpException TooManyRedirects(Uri address, int hops) => new(HttpFault.TooManyRedirects,
        $"{address.Host} redirects more than {hops} times")
    { Hint = "The host is misconfigured; try again later. Nothing is lost." };

    public static HttpException CircuitOpen(Uri address, TimeSpan? wait) => new(HttpFault.CircuitOpen,
        $"{address.Host} has failed again and again and is left alone for {Math.Ceiling((wait ?? TimeSpan.FromSeconds(15)).TotalSeconds):0} s")
    { Hint = "Run the same command again after that. Nothing is lost." };

    public static HttpException BodyTooLarge(Uri address, long limit) => new(HttpFault.BodyTooLarge,
        $"The answer of {address.Host} is larger than {ByteSize.Format(limit)}")
    { Hint = "This is no answer of a healthy API; try again later, or raise Http:MaxApiAnswerBytes." };

    public static HttpException ProxyUnreachable(Uri proxy, Uri address, Exception cause) => new(HttpFault.ProxyUnreachable,
        $"The proxy {ProxyRoute.Shown(proxy)}, on the way to {address.Host}, cannot be reached: {VisibleText.OneLine(Innermost(cause).Message)}", cause)
    { Hint = "Check HTTPS_PROXY, HTTP_PROXY or ALL_PROXY; hosts in NO_PROXY are asked directly. Nothing is lost." };

    public static HttpException ProxyRefused(Uri proxy, Uri address, int? status) => status >= 500
        ? new(HttpFault.ProxyUnreachable, $"The proxy {ProxyRoute.Shown(proxy)} cannot reach {address.Host} (it answered {status})")
        { Hint = "Run the same command again in a while; hosts in NO_PROXY are asked directly. Nothing is lost." }
        : status == 407
            ? new(HttpFault.ProxyRefused, $"The proxy {ProxyRoute.Shown(proxy)} wants a name and password, or does not accept those it got (407)")
            { Hint = "Write them into HTTPS_PROXY as http://NAME:PASSWORD@HOST:PORT; hosts in NO_PROXY are asked directly. Nothing is lost." }
            : new(HttpFault.ProxyRefused, $"The proxy {ProxyRoute.Shown(proxy)} refuses to connect to {address.Host}{(status is { } code ? $" (it answered {code})" : "")}")
            { Hint = "Ask who runs the proxy to allow the host; hosts in NO_PROXY are asked directly. Nothing is lost." };

    public static HttpException Offline(Uri address) => new(HttpFault.Offline,
        $"{address.Host} is not asked: offline")
    { Hint = "What was fetched before is shown all the same; to go to the network leave out --offline (Http:Offline). Nothing is lost." };

    public static HttpException NotInCache(Uri address) => new(HttpFault.NotInCache,
        $"Nothing is kept of {new RedactedUri(address)}, and offline it cannot be asked for")
    { Hint = "Only what was fetched before, with the same key and filters, can be shown offline. Leave out --offline (Http:Offline) to fetch it. Nothing is lost." };

    private static Exception Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner) exception = inner;
        return exception;
    }
}
