using System.Net;
using CivitaiDownloader.Http;

namespace CivitaiDownloader.Transfer.Sources;

/// <summary>What a source shows of the file it serves, as far as its headers tell.</summary>
/// <param name="TotalBytes">The file's size; null when the source does not say.</param>
/// <param name="ETag">As received, quotes and weakness mark included.</param>
/// <param name="ServesRanges">False when it answered 200 to a ranged request.</param>
internal sealed record SourceFacts(long? TotalBytes, string? ETag, DateTimeOffset? LastModified, bool ServesRanges)
{
    public static SourceFacts Of(OutboundAnswer answer) => answer.Status switch
    {
        HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable =>
            new(answer.ContentRange?.Total, answer.ETag, answer.LastModified, ServesRanges: true),
        _ => new(answer.ContentLength, answer.ETag, answer.LastModified, ServesRanges: false),
    };

    /// <summary>If-Range takes a strong tag only (RFC 9110, section 13.1.5). A weak tag or a date is compared by us after the answer.</summary>
    public string? StrongETag => ETag is { Length: > 2 } tag && tag[0] == '"' ? tag : null;

    /// <summary>Whether <paramref name="later"/> may be the same file: nothing that both show differs.</summary>
    public bool AgreesWith(SourceFacts later) =>
        Agree(TotalBytes, later.TotalBytes) && Agree(LastModified, later.LastModified)
        && (ETag is null || later.ETag is null || ETag == later.ETag);

    private static bool Agree<T>(T? one, T? other) where T : struct => one is null || other is null || one.Value.Equals(other.Value);
}
