using System.Net;
using CivitaiDownloader.Http;

namespace CivitaiDownloader.Transfer.Sources;

/// <summary>What a source shows of the file it serves, as far as its headers tell.</summary>
/// <param name="TotalBytes">The file's size; null when the source does not say.</param>
/// <param name="ETag">As received, quotes and weakness mark included.</param>
/// <param name="ServesRanges">False when it answered 200 to a ranged request.</param>
/// <param name="Store">The host that showed this, with its port: links lead to one of several stores, whose tags and dates are their own; null when not known.</param>
internal sealed record SourceFacts(long? TotalBytes, string? ETag, DateTimeOffset? LastModified, bool ServesRanges, string? Store)
{
    public static SourceFacts Of(OutboundAnswer answer) => answer.Status switch
    {
        HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable =>
            new(answer.ContentRange?.Total, answer.ETag, answer.LastModified, ServesRanges: true, answer.Address.Authority),
        _ => new(answer.ContentLength, answer.ETag, answer.LastModified, ServesRanges: false, answer.Address.Authority),
    };

    /// <summary>What to send as If-Range, which takes a strong tag only (RFC 9110, section 13.1.5), and only of the store it came from. A weak tag or a date is compared by us after the answer.</summary>
    public string? TagFor(Uri link) => ETag is { Length: > 2 } tag && tag[0] == '"' && (Store is null || Store == link.Authority) ? tag : null;

    /// <summary>Whether <paramref name="later"/> may be the same file: nothing that both show differs.</summary>
    /// <param name="isProvable">A hash will decide in the end: then tags and dates of two stores, which mean nothing to each other, need not agree.</param>
    public bool AgreesWith(SourceFacts later, bool isProvable) => Agree(TotalBytes, later.TotalBytes) && ((isProvable && IsAnotherStore(later)) || AgreeOnVersion(later));

    private bool IsAnotherStore(SourceFacts later) => Store is not null && later.Store is not null && Store != later.Store && TotalBytes is not null && later.TotalBytes is not null;

    private bool AgreeOnVersion(SourceFacts later) => Agree(LastModified, later.LastModified) && (ETag is null || later.ETag is null || ETag == later.ETag);

    private static bool Agree<T>(T? one, T? other) where T : struct => one is null || other is null || one.Value.Equals(other.Value);
}
