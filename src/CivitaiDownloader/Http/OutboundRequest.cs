using System.Net.Http;
using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Http;

/// <summary>Whether the key goes along.</summary>
public enum SignIn
{
    Never,

    /// <summary>The key goes along when the address is of the endpoint's site; never past a redirect to another host.</summary>
    WhenAllowed,
}

/// <summary>What to do with a redirect. Its target is checked either way.</summary>
public enum Redirects
{
    Follow,

    /// <summary>A redirect is handed to the caller, who finds its checked target in <see cref="OutboundAnswer.Location"/>.</summary>
    Return,
}

/// <summary>Whether a request has a connection to itself.</summary>
public enum Sharing
{
    /// <summary>It has, over HTTP/1.1: bytes of a large file, each connection with a congestion window of its own.</summary>
    OwnConnection,

    /// <summary>It shares one with others where the host speaks HTTP/2: for what is small, and is all round trips.</summary>
    Any,
}

/// <summary>One request. A body of a file is asked for as it is; only answers of the API may be compressed.</summary>
public sealed record OutboundRequest(Uri Address)
{
    public HttpMethod Method { get; init; } = HttpMethod.Get;

    public ByteRange? Range { get; init; }

    /// <summary>A strong entity tag, quotes included; sent with <see cref="Range"/> only.</summary>
    public string? IfRange { get; init; }

    /// <summary>The entity tag of what is kept, as received; where it still holds the answer is 304.</summary>
    public string? IfNoneMatch { get; init; }

    /// <summary>UTF-8 JSON; null for no body.</summary>
    public ReadOnlyMemory<byte>? JsonBody { get; init; }

    public SignIn SignIn { get; init; } = SignIn.Never;

    public Redirects Redirects { get; init; } = Redirects.Follow;

    /// <summary>One of the host's places that was waited for with <see cref="Outbound.EnterAsync"/>; null to wait for one now. Given back with the answer, or at once where none comes.</summary>
    public IDisposable? Place { get; init; }

    public Sharing Sharing { get; init; } = Sharing.OwnConnection;

    /// <summary>True where the connections that were used before are not to be trusted: a new one is opened, and closed with the answer.</summary>
    public bool OnNewConnection { get; init; }

    /// <summary>True where the caller has other ways than to ask again at once: the first failure is its to deal with.</summary>
    public bool AsksOnce { get; init; }

    /// <summary>The most bytes, decoded, of a body that is read before the answer is returned, so that one which breaks off is retried as a whole;
    /// null leaves the body to the caller.</summary>
    internal long? WholeBodyUpTo { get; init; }

    /// <summary>Sent as Accept-Encoding.</summary>
    internal string Encodings { get; init; } = "identity";
}
