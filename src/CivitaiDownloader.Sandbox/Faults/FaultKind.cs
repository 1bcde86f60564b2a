namespace CivitaiDownloader.Sandbox.Faults;

/// <summary>What goes wrong. What <see cref="Fault.Amount"/> means stands beside each; without a word on hosts it happens on any.</summary>
public enum FaultKind
{
    /// <summary>The answer begins late; milliseconds.</summary>
    Delay,

    /// <summary>Each answer's body is slow; bytes a second.</summary>
    Bandwidth,

    /// <summary>All bodies together are slow; bytes a second.</summary>
    TotalBandwidth,

    /// <summary>The connection is cut after so many bytes of a body.</summary>
    Cut,

    /// <summary>Silence after so many bytes of a body, until the client hangs up.</summary>
    Stall,

    /// <summary>The connection is cut before an answer.</summary>
    Refuse,

    /// <summary>This status instead of an answer, with the body such a host would send.</summary>
    Status,

    /// <summary>Storage: one byte is wrong in every 64 KiB.</summary>
    WrongBytes,

    /// <summary>Storage: another content and entity tag, from now on; each request hit changes it again.</summary>
    Changed,

    /// <summary>Storage: the link that was used is refused from now on; a fresh one works.</summary>
    Expired,

    /// <summary>Storage: ranges are ignored: 200 and the whole file.</summary>
    IgnoreRange,

    /// <summary>Storage: no Content-Length (the body comes chunked), and no total in a Content-Range.</summary>
    NoLength,

    /// <summary>Storage: the Content-Range names another place than was asked for; bytes off.</summary>
    WrongRange,

    /// <summary>Storage: so many bytes more are announced than come.</summary>
    TooShort,

    /// <summary>Storage: the file is so many bytes longer than the API says, in every answer.</summary>
    TooLong,

    /// <summary>Storage: the body goes on for so many bytes after the end it announced (so it comes chunked).</summary>
    Overrun,

    /// <summary>Storage: an HTML page with status 200 in place of a file.</summary>
    Page,

    /// <summary>API: an HTML page with status 200 in place of JSON.</summary>
    ApiPage,

    /// <summary>API: a gzip answer of a gigabyte of spaces.</summary>
    GzipBomb,

    /// <summary>A Cloudflare challenge: 403 and HTML.</summary>
    Challenge,

    /// <summary>API: a download quota is used up: 429 without Retry-After, on the download endpoint only.</summary>
    Quota,

    /// <summary>API: the caller is black-listed: 403, on the download endpoint only, before every other check.</summary>
    BlackList,

    /// <summary>API: every download needs a key, as when the site's switch for that is on.</summary>
    LoginWall,

    /// <summary>API: a file's storage cannot be found for the moment: 404 on the download endpoint, as for a file that is gone.</summary>
    Unresolved,

    /// <summary>API: text searches and pictures are too much: 503 with <c>Retry-After: 2</c>.</summary>
    Overload,

    /// <summary>API: lists show PG and PG-13 only, whatever is asked for.</summary>
    RestrictedRegion,

    /// <summary>API: the cache in front of the site gives anonymous callers what it gave before, errors too, for so many seconds (450 when none are given).</summary>
    Edge,

    /// <summary>API: JSON comes with a weak entity tag, and 304 to who has it.</summary>
    EntityTag,

    /// <summary>API: a cursor that is digits comes as a number.</summary>
    NumericCursor,

    /// <summary>API: 451, as in a blocked region, on <c>/api/v1</c> only.</summary>
    Region,

    /// <summary>Storage: the file says it is gzipped although identity was asked for.</summary>
    Encoded,

    /// <summary>API: a raw control character inside a string of the JSON answer.</summary>
    RawControl,

    /// <summary>API: a model's page has no versions, as when a cache lags behind.</summary>
    NoVersions,

    /// <summary>Storage: no entity tag and no date come with the file.</summary>
    NoValidator,
}
