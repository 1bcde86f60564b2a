namespace CivitaiDownloader.Sandbox.Faults;

/// <summary>What a person reads about a kind of fault.</summary>
/// <param name="Name">As it is typed (<see cref="FaultText"/>).</param>
/// <param name="Amount">The unit of its amount; empty when it takes none.</param>
public sealed record FaultEntry(FaultKind Kind, string Name, string Amount, string What);

/// <summary>Every kind of fault, for <c>sandbox --list-faults</c>; the README's table is held to it.</summary>
public static class FaultGuide
{
    public static IReadOnlyList<FaultEntry> All { get; } =
    [
        new(FaultKind.Delay, "delay", "ms", "the answer begins late"),
        new(FaultKind.Bandwidth, "bandwidth", "bytes/s", "each body is slow"),
        new(FaultKind.TotalBandwidth, "total-bandwidth", "bytes/s", "all bodies together are slow"),
        new(FaultKind.Cut, "cut", "bytes", "the connection ends after so many bytes of a body"),
        new(FaultKind.Stall, "stall", "bytes", "silence after so many bytes, until the client hangs up"),
        new(FaultKind.Refuse, "refuse", "", "the connection is cut before an answer"),
        new(FaultKind.Status, "status", "status", "that status, with the body Civitai, Cloudflare or an S3 store would send"),
        new(FaultKind.WrongBytes, "wrong-bytes", "", "one byte in every 64 KiB is wrong"),
        new(FaultKind.Changed, "changed", "", "other content and entity tag from now on"),
        new(FaultKind.Expired, "expired", "", "the link used is refused from now on (403, XML); a fresh one works"),
        new(FaultKind.IgnoreRange, "ignore-range", "", "200 and the whole file"),
        new(FaultKind.NoLength, "no-length", "", "chunked, and no total in a Content-Range"),
        new(FaultKind.WrongRange, "wrong-range", "bytes", "the Content-Range is so far off"),
        new(FaultKind.TooShort, "too-short", "bytes", "so many bytes more are announced than come"),
        new(FaultKind.TooLong, "too-long", "bytes", "the file is so many bytes longer than the API says"),
        new(FaultKind.Overrun, "overrun", "bytes", "the body goes on after the end it announced"),
        new(FaultKind.Page, "page", "", "an HTML page with status 200 for a file"),
        new(FaultKind.ApiPage, "api-page", "", "an HTML page with status 200 for JSON"),
        new(FaultKind.Encoded, "encoded", "", "the file says it is gzipped"),
        new(FaultKind.NoValidator, "no-validator", "", "neither ETag nor Last-Modified"),
        new(FaultKind.GzipBomb, "gzip-bomb", "", "a gigabyte of spaces as JSON, gzipped"),
        new(FaultKind.Challenge, "challenge", "", "Cloudflare's HTML 403"),
        new(FaultKind.Quota, "quota", "", "429 on the download endpoint, without Retry-After"),
        new(FaultKind.BlackList, "black-list", "", "403 on the download endpoint, before every other check"),
        new(FaultKind.LoginWall, "login-wall", "", "every download needs a key"),
        new(FaultKind.Unresolved, "unresolved", "", "404 on the download endpoint, as for a file that is gone; *1 passes"),
        new(FaultKind.Overload, "overload", "", "text searches and pictures answer 503 with Retry-After: 2"),
        new(FaultKind.RestrictedRegion, "restricted-region", "", "lists show PG and PG-13 only"),
        new(FaultKind.Edge, "edge", "seconds", "anonymous callers are told what others were told before, errors too (450 s when none are given)"),
        new(FaultKind.EntityTag, "entity-tag", "", "JSON has a weak entity tag, and 304 for who knows it"),
        new(FaultKind.NumericCursor, "numeric-cursor", "", "a cursor of digits is a number"),
        new(FaultKind.Region, "region", "", "451 on /api/v1"),
        new(FaultKind.RawControl, "raw-control", "", "a raw carriage return inside a JSON string (model 4201)"),
        new(FaultKind.NoVersions, "no-versions", "", "a model's page without its versions"),
    ];
}
