using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Http;

public enum HttpFault
{
    /// <summary>The address, or what it resolves to, may not be visited.</summary>
    AddressRefused,

    /// <summary>No connection, or one that broke before an answer.</summary>
    Unreachable,
    TimedOut,
    TlsFailed,
    TooManyRedirects,

    /// <summary>The host has failed so often that it is left alone for a while.</summary>
    CircuitOpen,
    BodyTooLarge,
}

public sealed class HttpException(HttpFault fault, string message, Exception? inner = null) : CivitaiDownloaderException(message, inner)
{
    public HttpFault Fault { get; } = fault;

    public override string Code => FaultName.ToCode(Fault.ToString());

    public override bool IsTransient => Fault is HttpFault.Unreachable or HttpFault.TimedOut or HttpFault.CircuitOpen;
}

/// <summary>Every message of the feature on one screen. Addresses appear redacted.</summary>
internal static class HttpErrors
{
    public static HttpException AddressRefused(string shown, string why) => new(HttpFault.AddressRefused,
        $"The address '{VisibleText.OneLine(shown, 200)}' is refused: {why}")
    { Hint = "Downloads come only over https from public hosts. If this is a host of your own, set it as the endpoint with --endpoint." };

    public static HttpException Unreachable(Uri address, Exception cause) => new(HttpFault.Unreachable,
        $"{address.Host} cannot be reached: {VisibleText.OneLine(Innermost(cause).Message)}", cause)
    { Hint = "Check the network and the proxy settings (HTTPS_PROXY), then run the same command again. Nothing is lost." };

    public static HttpException TimedOut(Uri address, TimeSpan limit) => new(HttpFault.TimedOut,
        $"{address.Host} did not answer within {limit.TotalSeconds:0} s")
    { Hint = "The host or the line is overloaded; run the same command again in a while. Nothing is lost." };

    public static HttpException TlsFailed(Uri address, Exception cause) => new(HttpFault.TlsFailed,
        $"No secure connection to {address.Host}: {VisibleText.OneLine(Innermost(cause).Message)}", cause)
    { Hint = "Check this machine's clock and certificates (SSL_CERT_FILE); a proxy that opens TLS needs its own certificate there. Nothing was sent." };

    public static HttpException TooManyRedirects(Uri address, int hops) => new(HttpFault.TooManyRedirects,
        $"{address.Host} redirects more than {hops} times")
    { Hint = "The host is misconfigured; try again later. Nothing is lost." };

    public static HttpException CircuitOpen(Uri address, TimeSpan? wait) => new(HttpFault.CircuitOpen,
        $"{address.Host} has failed again and again and is left alone for {Math.Ceiling((wait ?? TimeSpan.FromSeconds(15)).TotalSeconds):0} s")
    { Hint = "Run the same command again after that. Nothing is lost." };

    public static HttpException BodyTooLarge(Uri address, long limit) => new(HttpFault.BodyTooLarge,
        $"The answer of {address.Host} is larger than {ByteSize.Format(limit)}")
    { Hint = "This is no answer of a healthy API; try again later, or raise Http:MaxApiAnswerBytes." };

    private static Exception Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner) exception = inner;
        return exception;
    }
}
