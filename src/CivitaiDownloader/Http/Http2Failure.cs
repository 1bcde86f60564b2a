using System.Net.Http;

namespace CivitaiDownloader.Http;

/// <summary>What HTTP/2 itself reported instead of an answer (RFC 9113, section 7). The request may be made again in any case.</summary>
internal sealed record Http2Failure(long? ErrorCode)
{
    private const long EnhanceYourCalm = 0xb;
    private const long NoError = 0x0, RefusedStream = 0x7, Cancel = 0x8;

    /// <returns>Null for any other failure.</returns>
    public static Http2Failure? Of(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpProtocolException protocol) return new(protocol.ErrorCode);
        }

        return failure is HttpRequestException { HttpRequestError: HttpRequestError.HttpProtocolError } ? new((long?)null) : null;
    }

    /// <summary>Lets the next requests to the host take it into account.</summary>
    public void Tell(HostPlaces places)
    {
        if (ErrorCode == EnhanceYourCalm) places.Overloaded();
        else if (ErrorCode is not (NoError or RefusedStream or Cancel)) places.Protocol.Failed(); // a host that closes down, or does not want this one, speaks it well
    }
}
