using CivitaiDownloader.Primitives;

namespace CivitaiDownloader.Sandbox.Ledger;

/// <summary>The three hosts.</summary>
public enum SandboxSite
{
    Api,
    Storage,
    Images,
}

/// <summary>One request and what was answered. Header values as they came; null when absent. It fills while it is served.</summary>
public sealed record ServedRequest(SandboxSite Site, string Method, string Path, string Query)
{
    private long _bytesSent;
    private long _firstByte = -1;

    public string? Host { get; init; }
    public string? Authorization { get; init; }
    public string? Cookie { get; init; }
    public string? Referer { get; init; }
    public string? Range { get; init; }
    public string? IfRange { get; init; }
    public string? IfNoneMatch { get; init; }
    public string? IfModifiedSince { get; init; }
    public string? UserAgent { get; init; }
    public string? AcceptEncoding { get; init; }

    /// <summary>The same for all requests of one connection.</summary>
    public string? Connection { get; init; }

    /// <summary>0 while nothing is answered yet.</summary>
    public int Status { get; internal set; }

    /// <summary>Bytes of the body that were handed to the network so far.</summary>
    public long BytesSent => Volatile.Read(ref _bytesSent);

    /// <summary>Where in the file they lie; null for an answer that is no file's.</summary>
    public ByteRange? Covered => Volatile.Read(ref _firstByte) is var first and >= 0 ? new(first, first + BytesSent) : null;

    internal void BodyBeginsAt(long firstByte) => Volatile.Write(ref _firstByte, firstByte);

    internal void AddSent(int bytes) => Interlocked.Add(ref _bytesSent, bytes);
}
