using CivitaiDownloader.Sandbox.Ledger;

namespace CivitaiDownloader.Sandbox.Faults;

/// <summary>What goes wrong. The meaning of <see cref="Fault.Amount"/> stands beside each.</summary>
public enum FaultKind
{
    /// <summary>The answer begins late; milliseconds.</summary>
    Delay,

    /// <summary>Each connection is slow; bytes a second.</summary>
    Bandwidth,

    /// <summary>All storage connections together are slow; bytes a second.</summary>
    TotalBandwidth,

    /// <summary>The connection is cut after so many bytes of an answer.</summary>
    Cut,

    /// <summary>Silence after so many bytes of an answer, until the client hangs up.</summary>
    Stall,

    /// <summary>This status instead of an answer.</summary>
    Status,

    /// <summary>One byte is wrong in every 64 KiB.</summary>
    WrongBytes,

    /// <summary>Another content and entity tag, from now on.</summary>
    Changed,

    /// <summary>The link that was used is refused from now on; a fresh one works.</summary>
    Expired,

    /// <summary>Ranges are ignored: 200 and the whole file.</summary>
    IgnoreRange,

    /// <summary>No Content-Length, and no total in a Content-Range.</summary>
    NoLength,

    /// <summary>The Content-Range names another place than was asked for; bytes off.</summary>
    WrongRange,

    /// <summary>So many bytes more are announced than come.</summary>
    TooShort,

    /// <summary>An HTML page with status 200 in place of a file.</summary>
    Page,

    /// <summary>An HTML page with status 200 in place of the API's JSON.</summary>
    ApiPage,

    /// <summary>A gzip answer of a gigabyte of spaces.</summary>
    GzipBomb,

    /// <summary>A Cloudflare challenge: 403 and HTML.</summary>
    Challenge,

    /// <summary>A download quota: 429 without Retry-After.</summary>
    Quota,

    /// <summary>451, as in a blocked region.</summary>
    Region,

    /// <summary>The file comes gzipped although identity was asked for.</summary>
    Encoded,

    /// <summary>A raw control character inside a string of the JSON answer.</summary>
    RawControl,

    /// <summary>No entity tag and no date come with the file.</summary>
    NoValidator,
}

/// <summary>One thing that goes wrong, for whom, and how often.</summary>
public sealed record Fault(FaultKind Kind)
{
    public long Amount { get; init; }

    /// <summary>Only for this model; null for all.</summary>
    public int? Model { get; init; }

    /// <summary>Only on this host; null for the one it makes sense on.</summary>
    public SandboxSite? Site { get; init; }

    /// <summary>How many requests it hits.</summary>
    public int Times { get; init; } = int.MaxValue;

    /// <summary>It waits until so many bytes of the file were served.</summary>
    public long After { get; init; }

    /// <summary>The Retry-After header with a status, verbatim.</summary>
    public string? RetryAfter { get; init; }
}
