using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CivitaiDownloader.Scanning.Antivirus;

/// <summary>Where clamd listens: a socket of this machine, or a host and port.</summary>
public sealed record ClamdAddress
{
    /// <summary>What people may write.</summary>
    public const string Forms = "nothing, the path of clamd's socket such as unix:/run/clamav/clamd.ctl, or a host and port such as tcp://127.0.0.1:3310";

    private const int OwnPort = 3310;
    private const int MostPathBytes = 107; // sockaddr_un, the end mark left out

    private ClamdAddress(EndPoint endPoint, string text) => (EndPoint, Text) = (endPoint, text);

    public EndPoint EndPoint { get; }

    /// <summary>As people write it.</summary>
    public string Text { get; }

    /// <summary>Whether what is sent there never leaves this machine.</summary>
    public bool IsLocal => EndPoint is UnixDomainSocketEndPoint or DnsEndPoint { Host: "localhost" } || (EndPoint is IPEndPoint { Address: var address } && IPAddress.IsLoopback(address));

    /// <param name="mistake">What is wrong, as a clause; null when it is an address.</param>
    public static bool TryParse(string? text, out ClamdAddress? address, out string? mistake)
    {
        (address, mistake) = Read(text ?? "");
        return address is not null;
    }

    public override string ToString() => Text;

    private static (ClamdAddress?, string?) Read(string text)
    {
        if (text.StartsWith("unix:", StringComparison.OrdinalIgnoreCase)) return OfPath(text["unix:".Length..]);
        if (text.StartsWith('/')) return OfPath(text); // as clamd.conf has it
        if (text.StartsWith("tcp://", StringComparison.OrdinalIgnoreCase)) return OfHost(text);
        return (null, "it begins neither with unix: nor with tcp://");
    }

    private static (ClamdAddress?, string?) OfPath(string path)
    {
        if (path.StartsWith("//", StringComparison.Ordinal)) path = "/" + path.TrimStart('/'); // unix:///run is written too
        if (!Path.IsPathFullyQualified(path)) return (null, "a socket's path begins at the root");
        if (path.Contains('\0', StringComparison.Ordinal)) return (null, "a path holds no zero byte");
        if (Encoding.UTF8.GetByteCount(path) > MostPathBytes) return (null, $"a socket's path has at most {MostPathBytes} bytes");
        return (new(new UnixDomainSocketEndPoint(path), "unix:" + path), null);
    }

    private static (ClamdAddress?, string?) OfHost(string text)
    {
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Host.Length == 0) return (null, "behind tcp:// stand a host and a port");
        if (uri.UserInfo.Length > 0 || uri.Query.Length > 0 || uri.Fragment.Length > 0 || uri.AbsolutePath is not ("" or "/")) return (null, "behind tcp:// stand a host and a port, and nothing else");
        var port = uri.Port < 0 ? OwnPort : uri.Port;
        if (port == 0) return (null, "a port is a number from 1 to 65535");
        EndPoint endPoint = IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address) ? new IPEndPoint(address, port) : new DnsEndPoint(uri.IdnHost, port);
        return (new(endPoint, string.Create(CultureInfo.InvariantCulture, $"tcp://{uri.Host}:{port}")), null);
    }
}
