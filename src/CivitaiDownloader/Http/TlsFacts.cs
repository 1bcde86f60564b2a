using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace CivitaiDownloader.Http;

/// <summary>How a connection is secured, and who vouches for the host. A company's proxy that opens TLS shows itself as the issuer.</summary>
public sealed record TlsFacts(string Protocol, string? Subject, string? Issuer, DateTimeOffset? ExpiresAt)
{
    internal static TlsFacts Of(SslStream stream)
    {
        var certificate = stream.RemoteCertificate;
        return new(stream.SslProtocol.ToString(), certificate?.Subject, certificate?.Issuer, certificate is X509Certificate2 whole ? new DateTimeOffset(whole.NotAfter.ToUniversalTime()) : null);
    }
}

/// <summary>A connection was secured. Called before its first request; be quick.</summary>
public delegate void ConnectionSecured(TlsFacts facts);
